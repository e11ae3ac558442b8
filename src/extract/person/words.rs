//! Short word lists around names: titles, roles, verbs of speech, particles, and what no person's name holds.
//!
//! All written for this project; each list is in lower case, words parted by white space, but for those that are
//! looked up by themselves.

use crate::names::wordlist::Set;

/// Words in lower case before a name, directly or over a comma: "striker", "his wife,".
pub(super) const ROLES: &str = "
activist actor actress adviser advisor aide ambassador analyst anchor archbishop architect artist assistant astronaut
athlete attorney aunt author banker batsman billionaire bishop blogger bodyguard boss bowler boxer boyfriend brother
businessman businesswoman campaigner candidate captain cardinal carpenter ceo chairman chairperson chairwoman champion
chancellor chef chief cleric coach co-founder cofounder colleague colonel columnist comedian commander commentator
commissioner companion composer conductor congressman congresswoman consultant correspondent councillor counsel
counterpart cousin cricketer critic curator cyclist dad dancer daughter defender deputy designer detective dictator
diplomat director dissident doctor driver economist editor elder engineer entrepreneur envoy ex-husband ex-wife
executive expert father fiance fiancee fighter filmmaker forward founder friend general geologist girlfriend
goalkeeper golfer governor graduate grandfather grandmother grandson granddaughter guitarist guru head heir historian
host husband imam incumbent inspector instructor inventor investigator investor jailed journalist judge keeper king
lawmaker lawyer lead leader lecturer legend legislator librarian lieutenant magistrate magnate manager mastermind
mathematician mayor midfielder militant minister model mogul mother mufti musician mum mom naturalist negotiator neighbor
neighbour nephew newcomer niece nominee novelist nurse officer official opener organiser organizer owner painter
pastor partner performer philanthropist philosopher photographer physician physicist pianist pilot pioneer pitcher
player playwright poet politician preacher predecessor premier president priest prince princess principal prisoner
producer professor prosecutor psychiatrist psychologist publicist quarterback queen rapper rebel receiver recipient
reporter representative republican researcher resident rival runner sailor scholar scientist screenwriter sculptor
secretary senator sergeant shooter singer sister skipper socialite sociologist soldier son songwriter soprano speaker
spokesman spokesperson spokeswoman sprinter star stepfather stepmother stepson striker student successor supremo
surgeon survivor suspect teacher teammate teenager technician tenor theologian therapist trainer treasurer tycoon
uncle undersecretary veteran victim volunteer warlord widow wife winger winner witness worker wrestler writer
youngster named called nicknamed surnamed alias";

/// Verbs of speech after or before a name.
pub(super) const SAID: &str = "
said says say told tells added adds asked asks noted notes explained explains argued argues insisted insists recalled
recalls wrote writes tweeted admitted admits joked replied stressed stresses warned warns commented concluded
declared acknowledged emphasised emphasized reiterated lamented testified quipped complained observed remarked
responded pointed urged thanked congratulated hopes thinks believes believed feels felt knew wants wanted smiled laughed died
resigned married";

/// Words of the names of bodies, teams, firms, things: a run of capitalised words that ends in one is no person.
pub(super) const BODIES: &str = "
academy act administration agency agreement airlines airport airways alliance arena army assembly association
authority avenue awards bakery bank bar basin battalion bay beach board boulevard bowl bridge brigade bros brothers building
bureau business cabinet cafe camp canyon cape capital castle cathedral center central centre challenge chamber
championship championships channel charter church circuit city clinic club co coalition college committee commission commonwealth
communications community company computer conference congress constitution convention cooperative corp corporation
council county court creek cross cup daily day democrats department development digital district division drive
economic electric embassy energy enterprise enterprises entertainment estate exchange express factory falls farm fc
federal federation festival films finance financial force forces forest forum foundation front fund garden gardens gas gazette
global government grand group guard guardian hall harbour harbor health heights herald highway hill hills holdings
hospital hotel house inc index industries industry initiative institute insurance international investment investments
island islands journal journalists jury kingdom labs lake lane law league library limited llc llp lodge ltd magazine mall
management market media memorial ministry mission motor motors mount mountain movement museum nation national nations
network networks news newspaper ocean office oil online open opera orchestra organisation organization palace paper park
parliament partners partnership party pharma pharmaceuticals pictures plaza plc point police port post power press
prison prize productions programme program project province radio railway records region registry republic resort
resources restaurant river road room school schools sciences sea security senate series service services shipping
shop show society software solutions square stadium star state station steel stock store street studio studios summit
supreme syndicate system systems team technologies technology telecom telegraph television terminal theater
theatre times today tower town township trail treaty tribunal tribune trophy trust tv union united universal university unit
valley venture ventures village wall war water way weekly west whip works world zone north south east southern northern western
eastern northeast northwest southeast southwest fort new rally protocol strategy plan policy bill games olympics
olympic accord conflict crisis scandal jail gang mine coast gulf peninsula province prefecture state states hurricane cyclone
typhoon tropical storm operation battle row crescent mews terrace quay wharf esplanade precinct
arcade hamlet mosque dockyard shipyard shipyards award catholic christian islamic jewish buddhist";

/// Words that begin a sentence or stand between names and are never part of one.
pub(super) const STOPS: &str = "
a about above according across after again against ago all almost along already also although always am among an and another any
anyone are around as asked at away back because been before behind being below between both but by can could did do does
doing done down during each earlier either else even ever every everyone everything few finally first five following
for four from further had has have having he her here hers herself hi him himself his how however i if in inside
instead into is it its itself just last later least less like made make many maybe me meanwhile might more moreover
most much must my myself near nearly neither never nevertheless next no nobody none nor not nothing now of off often
on once one only onto or other others our out outside over own per perhaps please rather read regarding said same second
see several shall she should since six so some somebody someone something sometimes soon still such than that the
their them themselves then there therefore these they thing things third this those though three through throughout thus
to together too toward towards two under unless unlike until up upon us use used usually very was we well were what
whatever when where whereas whether which while who whoever whole whom whose why with within without would yes yesterday
yet you your yours nor also amid amidst despite dear thanks thank via versus vs photo image file copyright video watch
share click subscribe updated published advertisement story source sources english
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri
today tomorrow tonight covid internet facebook twitter google instagram youtube whatsapp
god islam mps ngo ngos tv un eu christmas easter ramadan eid christianity";

/// Parts of names in lower case, between its capitalised words or before the last ones; those from "ad" on only with a
/// hyphen after them.
pub(super) static PARTICLES: Set = Set::new(&[
    "abu", "ad", "af", "al", "an", "ar", "as", "ash", "at", "az", "ben", "bin", "bint", "da", "das", "de",
    "degli", "del", "dela", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "i", "ibn", "la",
    "las", "le", "les", "lo", "los", "ten", "ter", "ud", "ul", "ur", "van", "von", "y", "zu", "zum",
]);

/// After a name and part of it.
pub(super) const SUFFIXES: &str = "jr sr ii iii iv";

/// Peoples and faiths of no one country; like demonyms they are no part of a name.
pub(super) const PEOPLES: &str = "
aboriginal african africans alawite arab arabs ashkenazi asian asians balochi baloch basque berber catalan chechen chechens
copt coptic druze european europeans flemish hausa hindu hindus hispanic hispanics hutu hutus igbo inuit jew jews kurd
kurdish kurds latino latinos maori muslim muslims oromo orthodox pakeha pashtun pashtuns protestant roma rohingya sami
shia shias shiite shiites shi'ite shi'ites sikh sikhs sinhalese slav sunni sunnis tamil tamils tatar tatars tibetan tibetans
tigray tuareg tutsi tutsis uighur uighurs uyghur uyghurs yazidi yazidis yoruba zulu";

/// Names and demonyms of countries that are surnames too, whatever the counts say.
pub(super) const COUNTRY_SURNAMES: &str = "
britain chad dane england english finn france french german germany holland ireland israel jordan norway pole scotland spain
wales welsh";

/// Names of places that are first names too, whatever the counts say.
pub(super) const PLACE_FIRST_NAMES: &str = "
austin brooklyn carolina chad chelsea dakota florence georgia india israel jordan kenya madison paris savannah sydney
virginia";

/// Names of firms, places, groups and things that look like a person's.
pub(super) const NOT_PEOPLE: &[&str] = &[
    "Abu Dhabi",
    "Abu Ghraib",
    "Abu Sayyaf",
    "Addis Ababa",
    "Al Arabiya",
    "Al Jazeera",
    "Al Qaeda",
    "Al Qaida",
    "Al Shabab",
    "Al Shabaab",
    "Ali Baba",
    "Al Ahly",
    "Al Ahram",
    "Al Hilal",
    "Al Nassr",
    "Al Aqsa",
    "Al Bayt",
    "Al Manar",
    "Al Nusra",
    "Ann Arbor",
    "Aston Martin",
    "Aston Villa",
    "Baton Rouge",
    "Ben Gurion Airport",
    "Boko Haram",
    "Buckingham Palace",
    "Buenos Aires",
    "Burkina Faso",
    "Calvin Klein",
    "Cape Town",
    "Carl Zeiss",
    "Charles Schwab",
    "Charles de Gaulle Airport",
    "Christian Dior",
    "Costa Rica",
    "Dar es Salaam",
    "Deir Ezzor",
    "Deir al Zor",
    "Dolce Gabbana",
    "Dow Jones",
    "El Nino",
    "El Niño",
    "El Paso",
    "El Salvador",
    "Eli Lilly",
    "Ernst Young",
    "Fannie Mae",
    "Freddie Mac",
    "General Electric",
    "General Motors",
    "General Mills",
    "Gen Z",
    "Goldman Sachs",
    "Guantanamo Bay",
    "Harley Davidson",
    "Harvey Nichols",
    "Hewlett Packard",
    "Hong Kong",
    "Jack Daniel",
    "Jemaah Islamiyah",
    "Jiu Jitsu",
    "Johns Hopkins",
    "Johnson Johnson",
    "JP Morgan",
    "J.P. Morgan",
    "Khan Younis",
    "Khan Yunis",
    "Kuala Lumpur",
    "La Paz",
    "Las Vegas",
    "Lashkar e Taiba",
    "Legg Mason",
    "Lehman Brothers",
    "Levi Strauss",
    "Los Angeles",
    "Louis Vuitton",
    "Marks Spencer",
    "Merrill Lynch",
    "Monte Carlo",
    "Morgan Stanley",
    "New Delhi",
    "Notre Dame",
    "Novo Nordisk",
    "Palo Alto",
    "Philip Morris",
    "Phnom Penh",
    "Prada",
    "Puerto Rico",
    "Real Madrid",
    "Rio de Janeiro",
    "Rio Tinto",
    "Robert Bosch",
    "Rolls Royce",
    "Saint Petersburg",
    "San Antonio",
    "San Diego",
    "San Francisco",
    "San Jose",
    "San Juan",
    "San Salvador",
    "Santa Barbara",
    "Santa Clara",
    "Santa Claus",
    "Santa Cruz",
    "Santa Fe",
    "Santa Monica",
    "Santo Domingo",
    "Sao Paulo",
    "Saudi Arabia",
    "Saudi Aramco",
    "Sharm el Sheikh",
    "Sierra Leone",
    "Sri Lanka",
    "St Louis",
    "St Paul",
    "St Petersburg",
    "Tel Aviv",
    "Thomson Reuters",
    "Tommy Hilfiger",
    "Tottenham Hotspur",
    "Viet Nam",
    "Wells Fargo",
    "William Hill",
    "World War",
    "Yves Saint Laurent",
];
