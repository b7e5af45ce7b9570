"""The words and forms by which the dressing of Swedish municipalities' sites is known.

Sets hold whole lines in lower case, without a final stop, colon or question mark.
"""

import re


def _lines(text):
    return frozenset(line.strip() for line in text.splitlines() if line.strip())


# Buttons and labels: dressing wherever they stand alone on a line.
BUTTONS = _lines("""
    skriv ut
    skriv ut sidan
    skriv ut sida
    dela
    dela sidan
    dela sida
    dela den här sidan
    dela på facebook
    dela på twitter
    dela på linkedin
    dela via e-post
    tipsa en vän
    tipsa om sidan
    lyssna
    lyssna på sidan
    läs upp
    läs upp sidan
    till toppen
    tillbaka till toppen
    till sidans topp
    upp
    stäng
    stäng meny
    öppna meny
    visa meny
    dölj meny
    hoppa till innehåll
    hoppa till innehållet
    hoppa till huvudinnehåll
    hoppa till huvudinnehållet
    till innehållet
    till huvudinnehållet
    gå till innehåll
    gå till innehållet
    gå direkt till innehållet
    gå till huvudinnehållet
    till startsidan
    sidfot
    sidhuvud
    kopiera länk
    prenumerera
    jag förstår
    godkänn kakor
    godkänn alla kakor
    acceptera kakor
    acceptera alla
    hantera kakor
    endast nödvändiga
    hjälpte informationen på sidan dig
    hjälpte informationen på den här sidan dig
    hjälpte denna information dig
    var informationen till hjälp
    tyck till om sidan
    lämna synpunkt på sidan
    facebook
    twitter
    linkedin
    instagram
    youtube
""")
# Dressing right after another line of dressing: the answers and addresses below a button.
BELOW_BUTTONS = _lines("""
    ja
    nej
    delvis
    e-post
    mejl
    mail
    x
    skicka
    avbryt
    länk kopierad
""")
# Where the page's own words begin.
CONTENT_BEGINS = _lines("""
    innehåll
    huvudinnehåll
    sidans innehåll
    sidinnehåll
    artikelinnehåll
    main content
""")
CONTENTS_LABELS = _lines("""
    innehåll
    innehållsförteckning
    innehåll på sidan
    på den här sidan
    på denna sida
    hitta på sidan
""")
# The foot of a site, after the last running text.
FOOTER = _lines("""
    om webbplatsen
    tillgänglighetsredogörelse
    om kakor
    kakor
    cookies
    om cookies
    kakor (cookies)
    följ oss
    logga in
    press
    pressrum
    lediga jobb
    jobba hos oss
    in english
    intranät
    självservice
    driftinformation
""")
# Menus above the title.
MENU = FOOTER | _lines("""
    start
    startsida
    hem
    meny
    huvudmeny
    sök
    sök på webbplatsen
    nyheter
    aktuellt
    kontakt
    kontakta oss
    kontakta kommunen
    logga ut
    mina sidor
    english
    other languages
    språk
    translate
    lättläst
    teckenspråk
    e-tjänster
    e-tjänster och blanketter
    a-ö
    a till ö
    tillgänglighet
    anslagstavla
    digital anslagstavla
    kalender
    evenemang
    insidan
    bloggar
    barn och utbildning
    utbildning och barnomsorg
    bygga och bo
    bygga, bo och miljö
    bo, bygga och miljö
    omsorg och stöd
    stöd och omsorg
    omsorg och hjälp
    vård och omsorg
    kultur och fritid
    uppleva och göra
    se och göra
    idrott och fritid
    trafik och resor
    trafik och infrastruktur
    näringsliv och arbete
    arbete och näringsliv
    företag och näringsliv
    kommun och politik
    politik och kommun
    kommun och demokrati
""")
NOTICE = re.compile(
    r"(?:gammal|gamla|äldre|föråldrad\w*|utdaterad\w*)\s+webbläsare"
    r"|webbläsare\w*\b.*\b(?:stöds inte|stöder inte|är för gammal|saknar stöd|behöver uppdateras)"
    r"|(?:byta?|uppgradera|uppdatera)\b.*\bwebbläsare\b.*\b(?:Firefox|Chrome|Edge|Safari)"
    r"|\bjavascript\b.*\b(?:avstängt|aktivera\w*|påslaget|inaktiverat|krävs|slå på)"
    r"|\bcookies\b.*\b(?:webb\w*|sajt\w*|samtyck\w*|godkänn\w*|acceptera\w*)"
    r"|\b(?:webb\w*|sajt\w*)\b.*\b(?:cookies|kakor)\b|\bkakor\b.*\b(?:webb\w*|samtyck\w*|godkänn\w*)",
    re.IGNORECASE,
)
EMBLEM = re.compile(
    r"(?:logotyp|logotype|logga|logo|vapen|vapnet|märke|märket|emblem|sigill|ikon|symbol)$", re.IGNORECASE
)
SITE_NAME = re.compile(
    r"[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?\s(?:kommun|kommuns webbplats|stad|region)"
    r"(?:,? (?:startsida|till startsidan))?$"
)
BREADCRUMBS = re.compile(r"(?:du är här|här är du)\b|(?:\S.*\s(?:/|>|»|›|\||→)\s){2}", re.IGNORECASE)
SITE_SUFFIX = re.compile(r"\s[|–—-]\s\S.*$")
