//! English abbreviations that end in a dot, and the words that begin sentences.
//!
//! In: a word before a dot, or after it. Out: its class. Lists are sorted and searched by halves; nothing is built at start.

/// What a dot after an abbreviation can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Mr. Dr. Gen.: a name follows, never an end.
    Title,
    /// e.g. i.e. vs. cf.: never an end.
    Inline,
    /// No. Fig. p.: an end only if no number follows.
    Number,
    /// Jan. Mon.: an end before a word that begins sentences.
    Month,
    /// Inc. Ltd. Jr. etc.: an end before a word that begins sentences.
    Final,
    /// ft. min. kg. etc.: an end before any capital.
    Unit,
    /// a.m. p.m.: an end before a capital, unless it names a day or a time zone.
    Hour,
}

/// The class of the word before a dot; inner dots are part of it (`p.m`).
pub(super) fn class_of(word: &str) -> Option<Class> {
    if word.len() > 8 {
        return None;
    }
    let mut lower = [0; 8];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let place = ABBREVIATIONS.binary_search_by(|(known, _)| known.as_bytes().cmp(lower)).ok()?;
    let class = ABBREVIATIONS[place].1;
    let capital = word.as_bytes()[0].is_ascii_uppercase();
    let all_capitals = word.len() > 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let needs_capital = class == Class::Month || CAPITAL_ONLY.contains(&ABBREVIATIONS[place].0);
    (!needs_capital || capital && !all_capitals).then_some(class)
}

/// Does this word begin sentences, so that an abbreviation before it ended one?
pub(super) fn is_starter(word: &str) -> bool {
    contains(STARTERS, word)
}

/// Short words that end sentences in careless text; other short words before a small letter are taken for abbreviations.
pub(super) fn is_common_short(word: &str) -> bool {
    contains(COMMON_SHORT, word)
}

fn contains(sorted: &[&str], word: &str) -> bool {
    if word.is_empty() || word.len() > 16 {
        return false;
    }
    let mut lower = [0; 16];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    sorted.binary_search_by(|known| known.as_bytes().cmp(lower)).is_ok()
}

use Class::*;

/// Sorted. Gathered from style guides' kinds (titles, firms, places, months, units, citations) and from web text where they broke.
#[rustfmt::skip]
const ABBREVIATIONS: &[(&str, Class)] = &[
    ("a.d", Final), ("a.k.a", Inline), ("a.m", Hour), ("acad", Final), ("acct", Unit), ("adm", Title),
    ("aka", Inline), ("al", Final), ("ald", Title), ("alta", Final), ("amb", Title), ("amt", Unit), ("app", Number),
    ("approx", Inline), ("apr", Month), ("apt", Final), ("ariz", Final), ("art", Number), ("arts", Number),
    ("assn", Final), ("assoc", Title), ("asst", Title), ("atty", Title), ("aug", Month), ("ave", Final),
    ("avg", Unit), ("b", Inline), ("b.a", Final), ("b.c", Final), ("b.c.e", Final), ("b.s", Final), ("b.sc", Final),
    ("bk", Number), ("bldg", Final), ("blvd", Final), ("brig", Title), ("bros", Final), ("c", Inline),
    ("c.e", Final), ("ca", Inline), ("calif", Final), ("capt", Title), ("cat", Number), ("cdr", Title),
    ("cf", Inline), ("ch", Number), ("chap", Number), ("cie", Final), ("cit", Inline), ("cllr", Title), ("cm", Unit),
    ("cmdr", Title), ("co", Final), ("col", Title), ("colo", Final), ("conn", Final), ("cor", Number),
    ("corp", Final), ("cos", Final), ("cpl", Title), ("ct", Final), ("d", Inline), ("d.c", Final), ("d.d.s", Final),
    ("d.phil", Final), ("dec", Month), ("def", Number), ("deg", Final), ("dep", Title), ("dept", Final),
    ("det", Title), ("dir", Title), ("dist", Final), ("doz", Unit), ("dr", Title), ("drs", Title), ("e.g", Inline),
    ("e.u", Final), ("ect", Unit), ("ed", Number), ("eds", Number), ("eg", Inline), ("eq", Number), ("eqn", Number),
    ("eqs", Number), ("esp", Inline), ("esq", Final), ("est", Final), ("et", Final), ("etc", Unit), ("ex", Number),
    ("excl", Inline), ("ext", Number), ("exx", Number), ("feb", Month), ("fig", Number), ("figs", Number),
    ("fl", Inline), ("fla", Final), ("fr", Title), ("fri", Month), ("ft", Unit), ("gal", Unit), ("gen", Title),
    ("gmbh", Final), ("gov", Title), ("govt", Unit), ("hon", Title), ("hosp", Final), ("hr", Unit), ("hrs", Unit),
    ("hwy", Final), ("i.c", Inline), ("i.e", Inline), ("ibid", Final), ("ie", Inline), ("inc", Final),
    ("incl", Inline), ("insp", Title), ("inst", Final), ("intl", Final), ("jan", Month), ("jr", Final),
    ("jul", Month), ("jun", Month), ("kan", Final), ("kg", Unit), ("km", Unit), ("ky", Final), ("l.a", Final),
    ("l.l.c", Final), ("l.p", Final), ("lb", Unit), ("lbs", Unit), ("lem", Number), ("lic", Final), ("lit", Number),
    ("ll", Number), ("ll.b", Final), ("ll.m", Final), ("llc", Final), ("ln", Number), ("lt", Title), ("ltd", Final),
    ("m.a", Final), ("m.b.a", Final), ("m.d", Final), ("m.s", Final), ("m.sc", Final), ("maj", Title),
    ("mar", Month), ("mass", Final), ("max", Unit), ("messrs", Title), ("mfg", Final), ("mgmt", Unit),
    ("mgr", Title), ("mi", Unit), ("mich", Final), ("min", Unit), ("minn", Final), ("mins", Unit), ("misc", Unit),
    ("miss", Final), ("mlle", Title), ("mm", Unit), ("mme", Title), ("mon", Month), ("mont", Final), ("mos", Unit),
    ("mph", Unit), ("mr", Title), ("mrs", Title), ("ms", Title), ("msgr", Title), ("mssrs", Title), ("mt", Title),
    ("mun", Final), ("mx", Title), ("n.b", Inline), ("n.c", Final), ("n.d", Final), ("n.e", Final), ("n.h", Final),
    ("n.j", Final), ("n.m", Final), ("n.s", Final), ("n.v", Final), ("n.w", Final), ("n.y", Final), ("natl", Final),
    ("neb", Final), ("nev", Final), ("no", Number), ("nos", Number), ("nov", Month), ("nr", Number), ("num", Number),
    ("oct", Month), ("okla", Final), ("ont", Final), ("op", Inline), ("orig", Inline), ("oz", Unit), ("p", Number),
    ("p.m", Hour), ("p.o", Final), ("p.s", Title), ("para", Number), ("paras", Number), ("penn", Final),
    ("pfc", Title), ("ph.d", Final), ("phd", Final), ("pkwy", Final), ("pl", Final), ("plc", Final), ("pop", Number),
    ("pp", Number), ("pres", Title), ("prof", Title), ("profs", Title), ("prop", Number), ("prov", Final),
    ("ps", Title), ("pt", Number), ("pte", Final), ("pts", Number), ("pty", Final), ("pvt", Title), ("q.v", Inline),
    ("qt", Unit), ("que", Final), ("r", Inline), ("r.i", Final), ("r.n", Final), ("rd", Final), ("ref", Number),
    ("refs", Number), ("rep", Title), ("reps", Title), ("resp", Inline), ("rev", Title), ("rt", Title),
    ("s.a", Final), ("s.c", Final), ("s.d", Final), ("s.e", Final), ("s.p.a", Final), ("s.w", Final), ("sat", Month),
    ("sec", Title), ("secs", Unit), ("sect", Number), ("sen", Title), ("sens", Title), ("sep", Month),
    ("sept", Month), ("seq", Final), ("ser", Number), ("sgt", Title), ("sq", Final), ("sr", Final), ("sra", Title),
    ("srta", Title), ("st", Final), ("ste", Final), ("sun", Month), ("supp", Number), ("suppl", Number),
    ("supt", Title), ("tab", Number), ("tbsp", Unit), ("tel", Number), ("temp", Unit), ("tenn", Final),
    ("tex", Final), ("thm", Number), ("thu", Month), ("thur", Month), ("thurs", Month), ("trans", Inline),
    ("transl", Inline), ("tsp", Unit), ("tue", Month), ("tues", Month), ("u.k", Final), ("u.n", Final),
    ("u.s", Final), ("u.s.a", Final), ("u.s.s.r", Final), ("univ", Final), ("v", Inline), ("va", Final),
    ("ver", Number), ("vers", Number), ("viz", Inline), ("vol", Number), ("vols", Number), ("vs", Inline),
    ("vt", Final), ("w.r.t", Inline), ("w.va", Final), ("wash", Final), ("wed", Month), ("weds", Month),
    ("wis", Final), ("wk", Unit), ("wks", Unit), ("wyo", Final), ("yd", Unit), ("yds", Unit), ("yr", Unit),
    ("yrs", Unit),
];

/// Small, these are words: "he is no ms. fan" is rare, "in the mar." never; "the sun." and "a lit." are common.
const CAPITAL_ONLY: &[&str] = &[
    "gen", "rep", "col", "fr", "mt", "det", "mass", "miss", "wash", "tex", "app", "art", "arts", "ref", "rt", "dir",
    "dep", "prop", "cat", "tab", "def", "lit", "ed", "ex", "st", "co", "adm", "hon", "rev", "pres", "gov", "mont",
    "minn", "va", "trans", "plc", "lic", "inst", "acad", "que", "ps", "cos", "ct", "pl", "sq",
];

/// Sorted, small. Pronouns, articles, conjunctions, adverbs and auxiliaries: after an abbreviation a capital on one of these is
/// a new sentence, a capital on any other word is more likely the next part of a name.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "a", "about", "above", "according", "across", "additionally", "after", "afterwards", "again", "all", "almost",
    "already", "also", "although", "always", "among", "an", "and", "another", "any", "anybody", "anyone", "anything",
    "anyway", "are", "aren", "around", "as", "aside", "at", "because", "before", "behind", "being", "below",
    "beneath", "besides", "between", "beyond", "both", "but", "by", "can", "cannot", "certainly", "clearly", "come",
    "compared", "consequently", "consider", "contrary", "could", "currently", "despite", "did", "didn", "do", "does",
    "doesn", "don", "dr", "due", "during", "each", "earlier", "early", "either", "elsewhere", "especially", "even",
    "eventually", "every", "everybody", "everyone", "everything", "except", "facing", "few", "fewer", "finally",
    "first", "following", "for", "former", "formerly", "fortunately", "from", "further", "furthermore", "generally",
    "get", "given", "go", "had", "has", "have", "having", "he", "hello", "hence", "her", "here", "hers", "hey",
    "his", "historically", "how", "however", "i", "if", "immediately", "important", "in", "indeed", "initially",
    "inside", "instead", "interestingly", "into", "is", "isn", "it", "its", "itself", "just", "keep", "know", "last",
    "lastly", "lately", "later", "latter", "least", "less", "let", "like", "likewise", "make", "many", "may",
    "maybe", "me", "meanwhile", "might", "more", "moreover", "most", "mostly", "mr", "mrs", "ms", "much", "must",
    "my", "myself", "near", "nearly", "neither", "never", "nevertheless", "next", "no", "nobody", "none",
    "nonetheless", "nor", "normally", "not", "nothing", "notice", "now", "nowadays", "obviously", "occasionally",
    "of", "off", "officials", "often", "oh", "ok", "okay", "on", "once", "one", "ones", "only", "opposite", "or",
    "other", "others", "otherwise", "our", "ours", "out", "outside", "over", "overall", "part", "particularly",
    "perhaps", "please", "prior", "probably", "quite", "rather", "really", "recent", "recently", "regarding",
    "remember", "research", "researchers", "right", "same", "second", "secondly", "see", "seems", "several", "shall",
    "she", "should", "shouldn", "similarly", "simply", "since", "so", "some", "somebody", "someone", "something",
    "sometimes", "somewhat", "soon", "still", "subsequently", "such", "suddenly", "sure", "take", "than", "thank",
    "thanks", "that", "the", "their", "theirs", "them", "then", "there", "thereafter", "therefore", "these", "they",
    "third", "this", "those", "though", "three", "through", "throughout", "thus", "to", "today", "together",
    "tomorrow", "tonight", "too", "toward", "towards", "two", "typically", "under", "underneath", "unfortunately",
    "unless", "unlike", "until", "up", "upon", "us", "use", "using", "usually", "very", "was", "wasn", "we", "well",
    "were", "what", "whatever", "when", "whenever", "where", "whereas", "wherever", "whether", "which", "while",
    "who", "whoever", "whole", "whom", "whose", "why", "will", "with", "within", "without", "won", "would", "wouldn",
    "yes", "yesterday", "yet", "you", "your", "yours",
];

/// Sorted, small. Words of up to three letters that end sentences.
#[rustfmt::skip]
const COMMON_SHORT: &[&str] = &[
    "act", "add", "age", "ago", "aid", "aim", "air", "all", "am", "an", "and", "any", "ape", "app", "are", "arm",
    "art", "as", "asap", "ask", "at", "ate", "bad", "bag", "bar", "bat", "bay", "be", "bed", "bet", "bid", "big",
    "bit", "box", "boy", "btw", "bug", "bus", "but", "buy", "by", "bye", "can", "cap", "car", "cat", "cop", "cow",
    "cry", "cup", "cut", "dad", "day", "did", "die", "do", "dog", "dry", "due", "dvd", "ear", "eat", "egg", "end",
    "eye", "fan", "faq", "far", "fat", "fax", "fee", "few", "fit", "fix", "fly", "fog", "fun", "gas", "get", "go",
    "god", "got", "gun", "guy", "gym", "had", "has", "hat", "he", "her", "hey", "hi", "him", "his", "hit", "hot",
    "how", "i", "ice", "if", "ill", "in", "is", "it", "its", "job", "joy", "key", "kid", "law", "lay", "led", "leg",
    "let", "lie", "lip", "lol", "lot", "low", "mad", "man", "map", "me", "mix", "mom", "mud", "my", "net", "new",
    "no", "nor", "not", "now", "of", "off", "oh", "oil", "ok", "old", "omg", "on", "one", "ones", "or", "our", "out",
    "own", "pan", "pay", "per", "pet", "pie", "pig", "plz", "pop", "pot", "put", "ran", "raw", "red", "rid", "row",
    "run", "sad", "sat", "saw", "say", "sea", "see", "set", "sex", "she", "sit", "six", "ski", "sky", "so", "son",
    "sue", "sun", "tax", "tea", "ten", "the", "thx", "tie", "tip", "to", "toe", "too", "top", "toy", "try", "two",
    "up", "us", "use", "van", "via", "war", "was", "way", "we", "web", "wet", "who", "why", "win", "won", "wow",
    "yes", "yet", "you", "zoo",
];
