//! The commonest small words of languages, and which language a script stands for: data, read by `language`.
//!
//! Chosen here from each language's articles, pronouns, prepositions and conjunctions: words that stand in any text of it.
//! Names of languages are those of CLDR's English.

/// A language: its tag, its ISO 639-2 code, its name in English, and small words of it, in lower case.
pub(super) struct Language {
    pub(super) tag: &'static str,
    pub(super) long: &'static str,
    pub(super) name: &'static str,
    pub(super) words: &'static str,
}

const fn language(
    tag: &'static str,
    long: &'static str,
    name: &'static str,
    words: &'static str,
) -> Language {
    Language { tag, long, name, words }
}

/// The languages that are told apart by their words; fewer than 64.
pub(super) const LANGUAGES: &[Language] = &[
    language(
        "en",
        "eng",
        "english",
        "the of and to in that is was for it with as on by at from this be are have has had not but which who they their were said will would been",
    ),
    language(
        "fr",
        "fra",
        "french",
        "le la les de des du et en un une que qui dans pour sur par au aux est pas ce cette avec il elle sont mais plus ses leur ont été nous vous ne se son sa",
    ),
    language(
        "de",
        "deu",
        "german",
        "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach bei um einer am wird noch wie sind einem über zum zur",
    ),
    language(
        "es",
        "spa",
        "spanish",
        "el la los las de del y en un una que por con para se no es su al lo como más pero sus le ha este esta son fue entre ya también hay desde sobre cuando muy",
    ),
    language(
        "pt",
        "por",
        "portuguese",
        "o a os as de do da dos das e em um uma que por com para se não é no na nos nas ao pelo pela mais como mas foi seu sua ou são também já até entre ele ela isso",
    ),
    language(
        "it",
        "ita",
        "italian",
        "il lo la i gli le di del della dei delle e in un una che per con non è si da dal nel nella al alla sono come più anche ha ma questo questa o suo sua su dalla degli ai ed gli",
    ),
    language(
        "nl",
        "nld",
        "dutch",
        "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar uit door naar bij nog wordt zij hij ze heeft over tot worden deze die wel werd hun geen",
    ),
    language(
        "sv",
        "swe",
        "swedish",
        "och att det i som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när år under också efter eller nu sin där vid mot ska skulle",
    ),
    language(
        "da",
        "dan",
        "danish",
        "og at det i som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan når år under også efter eller nu sin der ved mod skal blev være hun efter",
    ),
    language(
        "no",
        "nor",
        "norwegian",
        "og at det i som en på er av for med til den har de ikke om et han men var jeg seg fra vi så kan når år under også etter eller nå sin der ved mot skal ble være hun ikke dette noe",
    ),
    language(
        "fi",
        "fin",
        "finnish",
        "ja on ei että se oli hän joka ovat mutta myös kun mukaan kuin sen tai vuoden ole olla jos niin nyt siitä hänen voi vain jo sekä ollut eivät tämä noin jotka sitä",
    ),
    language(
        "is",
        "isl",
        "icelandic",
        "og að í á sem er um til við en með það af var ekki fyrir hann því frá eru hefur þess þetta þá hún verið eftir við þeir eða úr segir",
    ),
    language(
        "et",
        "est",
        "estonian",
        "ja on et ei see ka mis oli kui aga oma ning mida ta tema nii siis selle pole seda või kes veel välja eest juba oma üle nad olid kus",
    ),
    language(
        "lv",
        "lav",
        "latvian",
        "un ir ar no par ka lai kas arī uz bet kā gadā tika nav viņš tas šo jau savu vai pēc to kurā ko bija tiek pie līdz",
    ),
    language(
        "lt",
        "lit",
        "lithuanian",
        "ir yra kad su į iš apie kaip bet už tai nuo ar jau tik dėl buvo jis savo taip pat kuris ne per prie po metų jie kai",
    ),
    language(
        "pl",
        "pol",
        "polish",
        "i w z na do się nie że to jest o jak od po za przez dla oraz ale są co tym był jego który przed które tak także ze tego było już może jej czy będzie",
    ),
    language(
        "cs",
        "ces",
        "czech",
        "a v se na je že s z do o k i ale jako by za pro po jsou tak který které bylo jeho byl jen také až od podle ve jsem už při která při nebo",
    ),
    language(
        "sk",
        "slk",
        "slovak",
        "a v sa na je že s z do o k i ale ako by za pre po sú tak ktorý ktoré bolo jeho bol len aj až od podľa vo som už pri ktorá alebo nie čo",
    ),
    language(
        "sl",
        "slv",
        "slovenian",
        "in v se na je da so za s z pa ki po tudi ne od o bi kot bo pri kar ali še lahko sem do ter ni več bila bilo njegov",
    ),
    language(
        "hr",
        "hrv",
        "croatian",
        "i u je se na da su za s od o koji a što kao iz nije će te bi ali ne bio do po koja je kako samo nakon ili sve godine što još prema biti",
    ),
    language("bs", "bos", "bosnian", ""),
    language(
        "hu",
        "hun",
        "hungarian",
        "a az és hogy nem is egy volt meg csak de már el ha mint még ez azt akkor szerint majd ki vagy amely aki lesz után nagyon kell pedig most lehet",
    ),
    language(
        "ro",
        "ron",
        "romanian",
        "și în de la a cu pe care nu că din o un este au pentru să se mai ce al fost sunt dar ca prin sau lui după fi această până ar ale",
    ),
    language(
        "tr",
        "tur",
        "turkish",
        "ve bir bu da de için ile olarak çok daha olan gibi sonra kadar en ne o ise ancak ya olduğu göre değil her var yeni oldu diye ama şu yok",
    ),
    language(
        "sq",
        "sqi",
        "albanian",
        "të e në dhe i për që me një është nga nuk së ka si më do por ai kjo janë edhe se ky kanë pas duke u",
    ),
    language(
        "ca",
        "cat",
        "catalan",
        "el la els les de del i en un una que per amb és no es als dels ha al més com però aquest aquesta seva seu són també va han pel fins",
    ),
    language(
        "gl",
        "glg",
        "galician",
        "o a os as de do da dos das e en un unha que por con para non é se no na ao máis como pero pola polo tamén xa foi seu súa entre ata",
    ),
    language(
        "eu",
        "eus",
        "basque",
        "eta da ez du bat ere izan dira dute zen egin dela baina hau zuen dituzte egun horrek beste urte",
    ),
    language(
        "cy",
        "cym",
        "welsh",
        "y yr a o yn i mae ar ei wedi am ac fod gan bod oedd eu na hyn hefyd bydd nid dros sydd gyda",
    ),
    language(
        "ga",
        "gle",
        "irish",
        "an na agus ar go le sa do is i ag tá atá bhí chun leis seo sé sin as gur nach faoi",
    ),
    language(
        "id",
        "ind",
        "indonesian",
        "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke bisa ada mereka sudah saya karena oleh kata tersebut atau telah adalah dia seorang lebih",
    ),
    language(
        "ms",
        "msa",
        "malay",
        "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke boleh ada mereka sudah saya kerana oleh kata beliau atau telah adalah berkata turut",
    ),
    language(
        "tl",
        "tgl",
        "filipino",
        "ang ng sa na mga ay at si ni kay para hindi ito niya siya may nang kung mula ayon naman lang din rin pa",
    ),
    language(
        "vi",
        "vie",
        "vietnamese",
        "và của là có cho không được trong người các với những một này đã để cũng khi từ đến về ở như tại ra vào ông năm sẽ",
    ),
    language(
        "sw",
        "swa",
        "swahili",
        "ya na wa kwa ni katika la za kuwa hii cha yake hiyo pia huo hilo kama baada watu alisema ambaye wakati",
    ),
    language(
        "af",
        "afr",
        "afrikaans",
        "die en van is in het dat nie om te op met vir sy hy aan was as deur ook sê wat by word kan ʼn maar hulle ons",
    ),
    language("ht", "hat", "haitian creole", ""),
    language(
        "ru",
        "rus",
        "russian",
        "и в не на что с по как из за от для это он его к но о у же все так был до также года она они или при после их если бы который",
    ),
    language(
        "uk",
        "ukr",
        "ukrainian",
        "і в у не на що з та до за як від для це він його про але після також року або вони які із був й при її під є",
    ),
    language(
        "be",
        "bel",
        "belarusian",
        "і ў у не на што з да за як ад для гэта ён яго пра але пасля таксама года або яны якія па быў",
    ),
    language(
        "bg",
        "bul",
        "bulgarian",
        "и в на не че от за с по да се е това са до като ще при след но или той има които във беше си със бе",
    ),
    language(
        "mk",
        "mkd",
        "macedonian",
        "и во на не дека од за со по да се е ова до како ќе при но или тој има кои беше ги го ја што",
    ),
    language(
        "sr",
        "srp",
        "serbian",
        "и у на не да од за са по се је то су до као ће али или он има који што из није би",
    ),
    language(
        "kk",
        "kaz",
        "kazakh",
        "және мен бұл бір үшін деп осы бойынша да де болып туралы еді болды жылы",
    ),
    language(
        "ar",
        "ara",
        "arabic",
        "في من على أن إلى عن مع التي الذي هذا هذه ما لا بعد كان قال وقد بين كما أو",
    ),
    language("fa", "fas", "persian", "و در به از که این را با است برای آن یک خود تا کرد بر هم شده می‌شود شد"),
    language("ur", "urd", "urdu", "کے کی میں ہے سے کا اور کو نے اس پر ہیں کہ بھی ان یہ تھا ایک نہیں"),
    language("ps", "pus", "pashto", "د په او چې کې سره له دی کړي يې ته نه"),
    language("hi", "hin", "hindi", "के में है की और से का को ने पर यह कि हैं इस भी एक नहीं था लिए"),
    language("mr", "mar", "marathi", "आणि आहे या व की ही तो हे केले त्या आहेत मध्ये होते यांनी"),
    language("ne", "nep", "nepali", "र छ को मा ले पनि भएको छन् गरेको यो थियो लागि गर्न"),
];

/// Languages whose script no other news language has: the first letter of a block, one past the last, the tag.
pub(super) const SCRIPTS: &[(char, char, &str)] = &[
    ('\u{370}', '\u{400}', "el"),
    ('\u{530}', '\u{590}', "hy"),
    ('\u{590}', '\u{600}', "he"),
    ('\u{980}', '\u{a00}', "bn"),
    ('\u{a00}', '\u{a80}', "pa"),
    ('\u{a80}', '\u{b00}', "gu"),
    ('\u{b80}', '\u{c00}', "ta"),
    ('\u{c00}', '\u{c80}', "te"),
    ('\u{c80}', '\u{d00}', "kn"),
    ('\u{d00}', '\u{d80}', "ml"),
    ('\u{d80}', '\u{e00}', "si"),
    ('\u{e00}', '\u{e80}', "th"),
    ('\u{e80}', '\u{f00}', "lo"),
    ('\u{1000}', '\u{10a0}', "my"),
    ('\u{10a0}', '\u{1100}', "ka"),
    ('\u{1100}', '\u{1200}', "ko"),
    ('\u{1200}', '\u{13a0}', "am"),
    ('\u{1780}', '\u{1800}', "km"),
    ('\u{ac00}', '\u{d7b0}', "ko"),
];

/// The codes of ISO 639-1, as the Library of Congress lists them.
pub(super) const ISO_639_1: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz \
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv \
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no \
    nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk \
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";
