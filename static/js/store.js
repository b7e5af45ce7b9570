/* What this browser keeps for us from one page to the next. Where it keeps nothing (blocked by its settings, or
   full), what is written is remembered as long as the page is open, so that everything else goes on working. */

const opened = (open) => {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return null; // SecurityError: blocked; where it is switched off, some browsers say null themselves
  }
};

function storeOf(open) {
  const kept = opened(open);
  const remembered = new Map();
  return {
    getItem: (key) => remembered.get(key) ?? kept?.getItem(key) ?? null,

    /* Returns whether it is kept when the page is closed. */
    setItem(key, value) {
      remembered.set(key, value);
      if (!kept) return false;
      try {
        kept.setItem(key, value);
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        return false; // full; what it has from before is better than nothing
      }
      remembered.delete(key);
      return true;
    },

    removeItem(key) {
      remembered.delete(key);
      kept?.removeItem(key);
    },

    keys: () => Object.keys(kept ?? {}),
  };
}

export const lasting = storeOf(() => window.localStorage);
export const ofThisTab = storeOf(() => window.sessionStorage);
