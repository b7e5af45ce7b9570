"""Swedish words that no rule reads right: exceptions, closed lists, the words that carry no idea."""


def _set_of(words):
    return frozenset(words.split())


def first_of_each(lines):
    """{word: the first word of its line}."""
    return {word: line.split()[0] for line in lines.strip().splitlines() for word in line.split()}


# Whole paradigms: the first form names the word, and each form is read as that word only. At the
# end of a compound ("handböcker", "ombudsmän") they are one reading among others.
PARADIGMS = """
bok boken böcker böckerna
hand handen händer händerna
land landet länder länderna
bostad bostaden bostäder bostäderna
stad staden städer städerna
tand tanden tänder tänderna
natt natten nätter nätterna
kraft kraften krafter krafterna
son sonen söner sönerna
bonde bonden bönder bönderna
man mannen män männen
mor mödrar mödrarna
far fadern fäder fäderna
bror brodern bröder bröderna
dotter dottern döttrar döttrarna
ledamot ledamoten ledamöter ledamöterna
bokstav bokstaven bokstäver bokstäverna
öga ögat ögon ögonen
öra örat öron öronen
barn barnet barnen
namn namnet namnen
vatten vattnet
tecken tecknet tecknen
vapen vapnet vapnen
centrum centrumet centret centra centrumen
forum forumet forumen fora
tema temat teman temana
schema schemat scheman schemana
dilemma dilemmat dilemman
drama dramat draman
ämbetsman ämbetsmannen ämbetsmän ämbetsmännen
sommar sommaren somrar somrarna
vinter vintern vintrar vintrarna
syster systern systrar systrarna
nummer numret numren
siffra siffran siffror siffrorna
ålder åldern åldrar åldrarna
fot foten fötter fötterna
rot roten rötter rötterna
app appen appar apparna
workshop workshopen workshops workshoppar workshopparna workshoppen
mejl mejlet mejlen
team teamet teamen teams
medium mediet medier medierna
människa människan människor människorna
elev eleven elever eleverna
sak saken saker sakerna
vän vännen vänner vännerna
bro bron broar broarna
chef chefen chefer cheferna
delta deltar deltog deltagit
ta tar tog tagit
säga säger sade sagt
hålla håller höll hållit
förstå förstår förstod förstått
plan planen planer planerna
leda leder ledde lett
tanke tanken tankar tankarna
fest festen fester festerna
by byn byar byarna
sjö sjön sjöar sjöarna
kö köer köerna
år året åren
hem hemmet hemmen
lön lönen löner lönerna
förälder föräldern föräldrar föräldrarna
pengar pengarna
strand stranden stränder stränderna
kollega kollegan kollegor kollegorna kolleger kollegerna
data datan
lära lär lärt
å ån åar åarna
ö ön öar öarna
"""

# Stems of two words at once, or words whose would-be inflection is another word ("rik" and
# "riket", "hög" and "högen"): nothing is merged by itself there ...
AMBIGUOUS = _set_of(
    "lyst end bott kort slag lag led rätt värd plan fall sätt dam tro mod mål tal val form bok rad rum "
    "tid stad mot rik hög låg kall fast lätt fäst slut sen hit bak fram upp under var när för bar bit "
    "lek akt aktie ras kur not tor bank fil gång gift rest lös ljud topp lapp bröst vill skift skott "
    "vis vist dag man egen allmän övrig ende böj"
)
# ... but these are safe all the same.
SAFE = {
    "skola": _set_of("res sid gat gåv läx yt kak ros"),
    "utmaning": _set_of("dag bil båt sjö"),
    "dialog": _set_of("tid rad form"),
    "råd": _set_of("mål val mod"),
    "möte": _set_of("värd"),
    "ledare": _set_of("led"),
    "strategi": _set_of("idé oro"),
    "planera": _set_of("plan form"),
    "program": _set_of("rum"),
    "museum": _set_of("muse"),
    "hinder": _set_of("lag läg väd"),
}
# Three letters are hardly ever one word only. These are.
SHORT_NOUNS = _set_of(
    "råd ort val mål mod bud oro hot fel kod app mat tåg nät kök tak hus ord dag väg bil båt sjö roll idé "
    "res tid rad sak rum vän arv bad jul led liv pol ton"
)
# Nouns that look like a verb with -er: "tryck" is no kin of "trycker".
NO_PLURAL_IN_ER = _set_of(
    "stöd tryck drag bud krav svar råd ljud köp besök uttryck spel steg liv lek hopp kast ansvar hjälp "
    "försök lyft sök släpp styr möt kräv bygg känn tänk hus barn val mod avtryck intryck skydd bruk "
    "upplev stärk behöv mål hyr kör lär gör rör hör bör ger ser tror beror bär ber låt häng vänd bränn "
    "kläm ställ följ säg ligg sitt brist dröm tvek hål tak ord bord fall tag lös byt "
    "cent sock väst"
)
# ... alone and at the end of compounds: "support" and "supporter", "datalag" and "datalager".
NO_PLURAL_IN_ER_AT_END = tuple(_set_of("papp kvart filt timm mörk design support blogg lägg håll sätt lag"))
# Of the nouns in -ik those that there can be several of; "kritiker" and "tekniker" are persons.
PLURAL_OF_IK = ("fabrik", "butik", "rubrik", "replik", "republik", "mosaik")
# Verbs with a noun in -an: "ansöka" and "ansökan" are two words.
NO_DEFINITE_IN_AN = tuple(
    _set_of(
        "verk önsk börj tvek undr längt sök bjud håll klag sträv sakn vis fast tack saml mäl begär förfråg "
        "efterfråg tillfråg vägr ställ tillstyrk skynd predik tröst tvivl beivr fordr frukt påpek påtal "
        "förmod övertal avvakt anmod erinr avråd avstyrk beskåd trängt vädj förfär förlit åkall begrund "
        "anstift antyd publik amerik afrik inst medi"
    )
)
# Of these there are several: "anmälningar".
NINGAR_OF_AN = ("anmäl", "ansök", "inbjud", "önsk")
# Whoever or what does it: "moderator", "mentor", "processor" are no plurals, as "skolor" is.
AGENTS_IN_OR = (
    *("kt", "cept", "ment", "past", "invest", "revis", "kant", "frisk", "process", "stress", "press"),
    *("rat", "nat", "dat", "lat", "iat", "tat", "vat", "profess"),
)
# Nouns with -ar, alone and at the end of compounds.
PLURAL_IN_AR = tuple(
    _set_of(
        "ing dom väg dag park skog gård kväll dörr värld stol buss hall länk skärm robot podd chatt kanal "
        "stadsdel häst båt bil boll budget klubb hund höst brunn skjuts"
    )
)
# Participles that stand as nouns: "förtroendevald, förtroendevalda".
PARTICIPLES = ("evald", "kvald", "nvald", "ställd", "rvald", "lyhörd", "lärd")
NO_PLURAL_IN_LAR = _set_of(
    "reg hand seg med tumm snurr sam väx tav exemp tviv vars krång puss ming jub stängs bilhand förhand pend "
    "fängs hag äck mög kopp hyck grubb"
)
# Nouns in -er: "teater, teatrar"; of others "hindrar" is a verb.
PLURAL_IN_RAR = ("teat", "serv", "minist", "semest", "magist")

ADJECTIVES = ("ig", "bar", "isk", "tiv", "siv", "ell", "lös", "full", "sam")
# Adjectives that nothing in them tells, and none of whose forms is another word.
SHORT_ADJECTIVES = _set_of(
    "blå brun central digital djup dum dyr enkel federal feg formell frisk ful glad global god grov grym "
    "grå grön gul hård hög jämlik jämställd klok kommunal konkret legal liberal lojal lyhörd lång mild "
    "mjuk modern neutral ny nöjd radikal rationell regional rik robust rättvis röd sann seg sjuk skarp skör "
    "skön smal smart snabb snäll social spröd stabil stark stolt stor stum sund svag svart svår synlig torr "
    "trist trygg trög tuff ung vacker varm vass vit ärlig ödmjuk"
)
# Adjectives with a form that is another word too: "rena" is also a verb, "tunga" a noun, "kort" a card.
# They are asked about, and so are comparatives with another vowel.
ASKED_ADJECTIVES = _set_of(
    "blank blek blind bred dubbel egen fast fel fri full hal hel het jämn kall klar knapp kort ledsen ljus "
    "lugn låg lätt lös mogen mörk nykter platt rak ren rund rädd sen skild slö snål sträng sur säker tam tom "
    "trött tung tunn tyst tät vaken vid vild vis våt värd öm öppen"
)
ODD_COMPARATIVES = """
hög högre högst
låg lägre lägst
lång längre längst
stor större störst
tung tyngre tyngst
ung yngre yngst
liten litet lilla små mindre minst
god bättre bäst
"""
# Qualities in -en with a short stem: "medveten, medvetna".
QUALITIES_IN_EN = _set_of("medvet nyfik vux trog välkom beläst")
# The adjectives in -en that have a quality in -enhet; every other "enhet" is a unit: "vårdenhet".
ADJECTIVES_IN_EN = tuple(
    _set_of(
        "öppen vaken mogen ledsen nyfiken medveten erfaren sluten trogen avlägsen belåten benägen bunden "
        "vuxen naken vilsen sorgsen förmögen välkommen"
    )
)
# "myndighet" is an authority, "möjlighet" an opportunity, "skyldighet" a duty: not the quality alone.
NO_QUALITIES = _set_of(
    "myndig verksam lägen enskild menig person härlig kunglig angelägen erfaren belägen skyldig färdig "
    "förmögen mänsklig ledig möjlig egen hemlig omständig nyttig stor svår personlig verklig"
)
# Verbs whose forms are no other word: -a, -ar, -ade, -at.
VERBS_IN_AR = _set_of(
    "arbet samarbet samverk påverk medverk lyssn prat samtal tal utveckl förvalt beslut förändr förbättr "
    "förenkl skap våg jobb stött utman bevar svar sats främj samordn ändr börj återkoppl säkr handlägg "
    "inspirer motiver"
)
VERBS_IN_ER = _set_of("bygg stärk kräv behöv använd genomför tänk upplev samspel utgör ställ följ")

# Words that are never inflected and carry no idea of their own in a phrase ...
LITTLE_WORDS = _set_of(
    "och eller men att som av för från i in inom inför hos med mellan om på till under upp ur ut "
    "utifrån vid via över efter kring mot en ett den det de dem detta denna dessa vår vårt våra er ert "
    "era min mitt mina din ditt dina sin sitt sina oss vi ni jag du man sig varandra varandras andra "
    "andras alla allt varje någon något några mer mera mest fler är var ha har få får kan kunna ska "
    "skall vill vilja bli blir vara göra gör ge ger också även så mycket många mindre samma varför hur "
    "vad när där här"
)
# ... and those that carry little.
CARRIERS = LITTLE_WORDS | _set_of(
    "bättre bra god gott goda bäst hög högt höga högre stor stort stora större ny nytt nya lite tid hel "
    "hela helt egen eget egna ömsesidig ömsesidigt ömsesidiga tydlig tydligt tydliga tydligare ökad "
    "ökat ökade öka stärk stärka stärkt stärkta olika möjlighet möjligheter möjligheten"
)
# What people write about at a forum, alone and at the end of compounds, and the endings of such words: with
# a capital such a word is no name.
EVERYDAY = tuple(
    _set_of(
        "tillit dialog respekt kunskap samverk samarbet ansvar tryggh mod modet modig tydligh förtroend "
        "samsyn mål målet råd tid tiden vision strategi plan budget ekonomi resurs pengar personal bemann "
        "kompetens ledarsk ledar chef medborg invånar brukar elev barn unga äldre skol förskol omsorg vård "
        "hälsa arbet arbetsmiljö möte samtal beslut underlag uppdrag mandat roll struktur process rutin "
        "stöd hjälp krav behov frågor förslag idé tanke digital teknik system verktyg data klimat miljö "
        "hållbar framtid tro hopp glädje kultur värdegrund värde etik moral demokrati politik insyn öppenh "
        "transparens kommunikation information språk mångfald jämlik jämställd integration delaktig "
        "engagemang inflytand återkoppl feedback uppfölj utvärder kvalit effektiv flexibil enkel ordning "
        "reda balans helhet perspektiv omvärld förändr utveckl nyfik lyhörd ödmjuk humor energi ork lugn "
        "paus närvaro tålamod uthållig långsikt innovation lärand forskning erfarenh exempel grupp team "
        "nätverk forum kommun förvaltning nämnd bolag verksamh tjänst service trafik bostad bostäd väg park "
        "fritid idrott förening näringsliv företag jobb lön rekryter schema semester kollega"
    )
)
EVERYDAY_ENDINGS = (
    *("het", "heten", "ning", "ningen", "ningar", "skap", "skapen", "else", "elsen", "tion", "tionen"),
    *("itet", "ande", "andet", "ende", "endet", "ligt", "lig", "liga", "ism", "ismen", "arbete", "arbetet"),
)
# Words that turn a phrase around: "ingen dialog" is not about the same as "dialog".
NEGATIONS = _set_of(
    "ingen inget inga inte ej aldrig utan brist brister bristen bristande saknas saknar sakna saknad "
    "avsaknad icke sluta minskad minskat minska minskar minskade minskning färre sämre sämst dålig dåligt "
    "dåliga låg lågt låga lägre lägst svag svagt svaga svagare mindre minst sänkt sänkta sänka obefintlig "
    "obefintligt otillräcklig otillräckligt otillräckliga"
)
# Opposites, each as the first of its forms ("kort", not "kortare"); two phrases of which one holds one and
# the other the other are never asked about.
OPPOSITES = """
kort lång
liten stor
ny gammal
snabb långsam
snabb trög
öppen stängd
öppna stänga
central lokal
inre yttre
intern extern
sen tidig
varm kall
lätt svår
enkel svår
offentlig privat
öka minska
höja sänka
bygga riva
lite mycket
få många
få fler
med utan
rätt fel
dyr billig
ung gammal
hög låg
stark svag
god dålig
bra dålig
bättre sämre
mer mindre
fler färre
gemensam splittrad
gemensam enskild
lyckad misslyckad
intäkt kostnad
inkomst utgift
inkomst utkomst
fördel nackdel
majoritet minoritet
"""
# Their forms that no rule of ours gives.
FORM_OF_OPPOSITE = first_of_each("""
stängd stängt stängda
gammal gammalt gamla äldre
lokal lokalt lokala
intern internt interna
extern externt externa
tidig tidigt tidiga tidigare
långsam långsamt långsamma långsammare
billig billigt billiga billigare
öppna öppnar öppnade
stänga stänger stängde
öka ökar ökade ökad ökat
minska minskar minskade minskad minskat
höja höjer höjde höjd höjt höjda
sänka sänker sänkte sänkt sänkta
bygga bygger byggde
riva river rev
privat privata
offentlig offentligt offentliga
gemensam gemensamt gemensamma
splittrad splittrat splittrade
enskild enskilt enskilda
bättre bäst
sämre sämst
mer mera mest
mindre minst
""")
PREPOSITIONS = _set_of("med för av i på till om mellan från hos inom åt mot kring över bland")
# What turns one word around when it begins with it: "otydlig", "misstro", "inaktiv".
TURNING = ("o", "miss", "in", "im", "il", "ir", "des", "dis", "icke", "anti")
# Beginnings that make different verbs of one: "avslag" is no slip for "anslag".
PREFIXES = _set_of(
    "an av be bi fram för från hem i in med mot ned ner om på sam till upp ur ut und vid å åter över"
)
# "följa upp" and "uppföljning".
PARTICLES = _set_of("upp ut in till av på om fram med ihop")
