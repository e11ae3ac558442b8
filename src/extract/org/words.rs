//! Short word lists around names of organisations: the nouns that end them, what stands before and after them, and
//! what looks like an acronym and is none.
//!
//! All written for this project; each list is in lower case, words parted by white space.

/// Nouns that end the name of an organisation, whatever stands before them: "Hammer and Sons Association".
pub(in crate::extract) const HEADS: &str = "
academy administration agency airlines airways alliance army assembly associates association authority ayuntamiento
bancorp bank battalion board brigade brigades brotherhood bureau bourse bundesbank cabinet caucus chamber coalition
college collective command commission committee commonwealth community company confederation conglomerate congress
consortium  consulate cooperative cooperation corp corporation corps council court courts dairies department
dept directorate eximbank embassy enterprises exchange federation fc fleet forces force forum foundation
front fund gendarmerie government group guard guards guild headquarters holding holdings inc industries initiative inspectorate
institute institutes institution insurance intelligence international investigations jamaat
laboratories laboratory league legion llc llp ltd limited mediagroup
ministry mission mosad motors movement nations navy network newspaper office ombudsman
orchestra organisation organization organisations organizations panel parliament partnership party
pharmaceuticals plc police politburo post press prosecutor's
polytechnic quartet railways railway registry regiment
secretariat senate service services society squad subcommittee symphony syndicate
taskforce telecom telecommunications television tribunal trust union unions universities university
watch watchdog workers yuan airport-authority treasury federations associations brewery breweries supermarkets stores
securities technologies technology solutions systems capital ventures partners investments
news times tribune herald gazette journal telegraph inquirer chronicle magazine weekly
publishers publishing airline utilities hospitality
union's foods petroleum refinery electronics semiconductor
semiconductors software logistics shipping steel chemicals pharma biotech therapeutics biosciences healthcare
consulting advisors advisers media communications broadcasting entertainment studios pictures records
energy motor electric engineering construction mining minerals metals aerospace dockyard shipyard properties
realty realtors lawyers rovers rangers albion hotspur athletic wanderers united
militia mujahideen brigata volunteers tigers
school schools hospital hospitals clinic church diocese archdiocese club clubs museum centre center library
channel radio tv daily financial finance bancshares reinsurance factory facility agencies
division unit team programme program platform coordination parishad dal sangh sabha morcha aid cartel charity labs committees councils
ministries studio management
";

/// Nouns of [`HEADS`] that also end names of other things: places, buildings, treaties.
pub(in crate::extract) const WEAK_HEADS: &str = "
capital community centre center church museum library school schools hospital hospitals clinic
energy mission partners radio channel daily programme program platform facility factory team division unit
times post press journal exchange electric engineering construction mining minerals metals technology media
systems force cooperation intelligence investigations communications initiative watch
properties office finance financial tigers united nations club clubs army government conglomerate tv front
workers volunteers fleet community coordination command records steel international aid studio
";

/// Heads that "of", "for" or "on" carries on: "Bank of", "Centre for", "Committee on".
pub(in crate::extract) const OF_HEADS: &str = "
academy administration agency assembly association authority bank banque banco board brotherhood bureau centre center chamber church
college commission committee commonwealth community confederation conference congress corporation corps council court
department dept directorate embassy faculty federation foundation friends front fund government group guild headquarters house houses
institute institutes institution league legislature inspectorate ministry mission movement museum network office ombudsman order organisation
organization panel parliament partnership party press register school secretariat senate service society subcommittee supreme
syndicate tribunal trust union united university voice army bureaux fellowship conservatory brigades campaign coalition alliance
initiative forum programme program times registrar rally knights sons daughters platform
";

/// Words that begin a name without a noun at its end: "Banco Sul", "Grupo Norte".
pub(in crate::extract) const OPENERS: &str = "
banco bank banque banca grupo groupe gruppo partai partido parti partito radio universidad universidade universite
universita universitas instituto institut ministerio ministere asociacion association fundacion fondation
hotel jamaat jamiat hizb harakat jabhat ansar lashkar jaish tehreek kementerian bundesamt deutsche
comision consejo camara colegio confederacion federacion frente movimiento tv
";

/// After the name of a company, and no part of its key.
pub(in crate::extract) const LEGAL: &str = crate::names::org::LEGAL;

/// Nouns that say what an organisation is, before its name or after it: "the carrier Norwind", "the Dagblad newspaper".
pub(in crate::extract) const NOUNS: &str = "
agency airline alliance automaker bank bookseller brewer broadcaster broker brokerage builder business carmaker carrier
chain channel charity chipmaker club coalition company conglomerate consortium consultancy contractor cooperative daily
developer distributor drugmaker exchange federation firm foundation giant group grouping insurer institute lender magazine maker
manufacturer militia miner mission movement network newspaper ngo nonprofit operator organisation organization outfit outlet
paper party periodical phonemaker planemaker platform portal producer provider publication publisher railway regulator retailer rival
school service shipbuilder site startup start-up steelmaker studio subsidiary supermarket supplier tabloid team telecom thinktank
union university utility watchdog website weekly wholesaler militants insurgents rebels guerrillas bourse brand brands co-op
";

/// What only organisations have, directly after the name or its possessive: "Norwind shares", "Norwind's headquarters".
pub(in crate::extract) const HAS: &str = "
activist activists administrators board branch branches brand campus ceo cfo chairman chairperson chairwoman chief
co-founder cofounder commander commanders coach customers delegation deputies director directors editor employee employees
executive executives factory factories fans fighters forces founder founders gunmen headquarters hq insurgents investors
journalist journalists lawmaker lawmakers leader leaders leadership legislators loyalists management manager militant militants militia mp mps network newspaper outlet outlets parliamentarians
plant players politburo president profit profits rebels regulators report reporter representative researchers revenue
revenues rocket scientists secretary-general senators shareholder shareholders shares spokesman spokesperson
spokeswoman staff stake stock stores students subsidiary supporters survey unit users vessel website workers
";

/// What organisations do, directly after the name; people do some of it too.
pub(in crate::extract) const DOES: &str = "
acquired agreed aims announced appealed approved banned bought closed confirmed controls delivered develops employs
estimates expects filed forecast has hired invested issued launched makes manages manufactures merged operates owns
plans posted produces provides published purchased received recalled regulates released reported reports sells sold
sued supplies traded trades unveiled
";

/// Words of capitals that name no organisation: measures, illnesses, places, offices, money, techniques.
pub(in crate::extract) const NO_ORGS: &str = "
abc's ac ad adhd ai aids aka am ap. apr apt ar asap asl atm atms aud aug av ave ax bc bce ba bs bsc bst ca cad cc cd cds ce ceo ceos
cet cfo cfos chf cio cm cms cmo cny co2 coo covid cpi cpr cst ct cto ctv cv da dc dna dr dst dui dvd dvds ebit ebitda ecg
edt eeg eg esg est etf etfs eur ev evs eta exif fdi ff fl fm fy ga gbp gdp gi gm. gmo gmos gmt gni gnp gps gst gui ha hd hdi
hiv hk hkd hpv hr hrs html http https ia icbm icbms icu ict id ids ied ieds il iii iq ii in inr ip ipo ipos ist it iv ivf
ix jan jpy jr jst kg km kph krw ks kw kwh ky la lcd led lgbt lgbtq lgbtqi lgbti lng lpg ltd ma mba mbbs md mdma me mers mi
mlas mm mn mo mou mous mp mph mps mri ms msc msme msmes mt mw mwh nb nc nd ne ngo ngos nh nj nm nov nsw nt nv ny nyc nz
oct oh ok on op ora or os oz pa pc pcr pcs pdf ph phd pin pm pms pmi po pos pow pows ppe ppi ppm pr ps psi pst ptsd pvc qc
qld qr r&d rbi rd re rev rip rna rmb rns roi rpm rs rsvp rv sa sad sars sc sd sep sept sk sme smes sms sos sr st std stds
suv suvs tb tbd tn tnt tv tvs tx uav uavs uhf uk ul ulez url us usa usd usb ussr ut utc uv va vat vhf vi vic vii viii vip
vips voip vp vpn vr vs vt wa wc wi wifi wmd wv wwi wwii wy xi xii xiii xiv xv xx xxx yr zar okay sos news breaking live update
the and for not you all new top hot big why how who what can his her its our one two no yes all by to of in is at as be do
go he if it me my or so up us we gpa gcse atv tvet stem hvac q1 q2 q3 q4 h1 h2 fy22 fta ftas kpi kpis rfp cop dpm sdg sdgs dj mc vc
cctv ppp opd vvip lpa mep meps mla fir fob cif eez prc roc rok drc var er hh ex cro cpo dgp uae ksa png bvi nri obc sc st pok loc
";

/// Words that begin the names of bodies and tell of them: they are kept at the front of a name in a headline.
pub(in crate::extract) const FRONTS: &str = "
academic administrative advanced aeronautical african agricultural agriculture air american anti arab armed asian associated
atomic ballistic banking basic biological border british broadcasting business cancer central chartered chemical chief child
children christian citizens civil climate coast commerce commercial communist competition conservation
conservative constitutional consumer corporate criminal cultural customs cyber defence defense democratic development
diocesan disaster district drug economic education educational election electoral electricity emergency employment energy
environment environmental ethics european evangelical family federal federated financial fisheries food football foreign forest
forestry free general geological global government greater green health heart high higher highway home housing human
immigration independent industrial industry information inland insurance intelligence interior internal international investment
islamic joint journalists judicial justice juvenile labor labour land law legal liberal liberation lower manufacturers maritime
mass medical medicines mental metropolitan military mines monetary municipal muslim national nationalist natural naval
navigation new north northern nuclear oceanic oil olympic orthodox parliamentary patriotic peace people people's permanent
petroleum planning political popular ports postal power presidential prison private progressive provincial
public rail refugee regional republican research reserve revolutionary river rural safety savings science
scientific securities security senate senior services shipping social socialist solar solicitors south southern space special
sports state statistical statistics stock strategic supreme tax teachers technical technology telecommunications textile
tourism trade traders transitional transport transportation treasury tropical unified united universal upper urban
veterans water weather welfare west western wildlife women women's workers workers' world youth
";

/// Nouns of things that are named for a body or like one: "World University Games".
pub(in crate::extract) const THINGS: &str = "
accord accords act agreement airport award awards bill bridge building challenge championship championships charter code
complex convention crisis cup day disclosure expo fair festival field framework games goals ground index law machine map
medal month park plan policy principles prize protocol report road scheme site square stadium strategy street summit
system tournament tower treaty trophy war week year
";
