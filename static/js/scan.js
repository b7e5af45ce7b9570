/* A QR reader: the phone's camera, where the browser reads codes by itself (BarcodeDetector).
   The camera is closed by whoever opened it, when the page is left or put aside, and by itself when nobody
   has shown a code for a while. */

const BETWEEN = 300; // milliseconds between two looks
const IDLE = 3 * 60 * 1000;

export const canScan = () => "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia);

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/* Open the camera in `video`. `onCode` gets each code once for as long as it is in sight, `onClose` hears that
   the camera is closed, and the error if it was one. Resolves to what closes it; rejects where there is no camera or it may not be used. */
export async function openCamera(video, { onCode, onClose }) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  let open = true;

  function close(error) {
    if (!open) return;
    open = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
    video.hidden = true;
    document.removeEventListener("visibilitychange", putAside);
    onClose(error);
  }

  const putAside = () => close();

  async function look() {
    let inSight = "";
    let shownAt = Date.now();
    while (open && Date.now() - shownAt < IDLE) {
      const [seen] = await detector.detect(video);
      if (!open) return;
      if (seen) shownAt = Date.now();
      if (seen && seen.rawValue !== inSight) onCode(seen.rawValue);
      inSight = seen ? seen.rawValue : "";
      await wait(BETWEEN);
    }
  }

  document.addEventListener("visibilitychange", putAside);
  video.srcObject = stream;
  video.hidden = false;
  try {
    await video.play();
  } catch (error) {
    close();
    throw error;
  }
  look().then(() => close(), close);
  return putAside;
}
