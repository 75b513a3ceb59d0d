//! zonetext for Python: the pipeline of the library, the records of the command line.
//!
//! In: pages as `bytes` or `str` and options as keywords. Out: records as JSON text, which the Python half turns into
//! dictionaries or Arrow columns. All options are read once, when a [`Cleaner`] is made; the interpreter's lock is not held
//! while pages are cleaned, and a panic in one page becomes that page's record.

mod options;

use options::Settings;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use serde_json::value::RawValue;
use zonetext::Page;
use zonetext::extract::Form;
use zonetext::write::pairs::Pairs;
use zonetext::write::record::{self, Failure, Origin};
use zonetext::write::{self, explain, inspect};

/// Cleans pages with one set of options.
#[pyclass(frozen, module = "zonetext._zonetext")]
struct Cleaner {
    settings: Settings,
}

/// A page as Python brought it, kept alive without a copy.
enum Content {
    Bytes(PyBackedBytes),
    /// Text that somebody decoded, and whether it is known to be HTML or plain text.
    Text(PyBackedStr, Form),
    Base64(PyBackedStr),
    Missing,
    /// No page, and why.
    Wrong(&'static str, String),
}

/// One input: its page, and what is known about it.
struct Input {
    content: Content,
    id: Option<PyBackedStr>,
    url: Option<PyBackedStr>,
    charset: Option<PyBackedStr>,
    /// The input's other keys, an object.
    metadata: Option<PyBackedStr>,
    /// Lone surrogates in it, which are U+FFFD now.
    surrogates: usize,
}

/// `(page, form, id, url, charset, metadata, surrogates, error)` as `Cleaner.records` takes it: the form is `base64`, `html`, `text` or
/// `None`, id and metadata are JSON; an error says in words why there is no page.
type Row<'py> = (Option<Bound<'py, PyAny>>, Text, Text, Text, Text, Text, usize, Text);
type Text = Option<PyBackedStr>;

#[pymethods]
impl Cleaner {
    #[new]
    #[pyo3(signature = (**options))]
    fn new(options: Option<Bound<'_, pyo3::types::PyDict>>) -> PyResult<Self> {
        Ok(Cleaner { settings: Settings::read(options)? })
    }

    /// The record of each row, as a line of JSON without a line end; as many as there are rows, in their order.
    fn records(&self, py: Python<'_>, rows: Vec<Row<'_>>) -> PyResult<Vec<String>> {
        let inputs: Vec<Input> = rows.into_iter().map(input).collect();
        Ok(py.detach(|| inputs.iter().map(|input| self.record(input)).collect()))
    }

    /// Every change and every dropped block of one page, a line of JSON each, as `zonetext explain -f jsonl` prints them.
    fn explain(&self, py: Python<'_>, page: Bound<'_, PyAny>) -> PyResult<String> {
        self.shown(py, page, |page, write| explain::explain(page, &Origin::default(), write, &explain::View::default()))
    }

    /// What is in one page, as `zonetext inspect -f jsonl` prints it.
    fn inspect(&self, py: Python<'_>, page: Bound<'_, PyAny>) -> PyResult<String> {
        self.shown(py, page, |page, write| inspect::inspect(page, &Origin::default(), write, false))
    }

    /// The text of one page, as the command line prints it with `-f text` (or `markdown`, as the cleaner was told).
    fn text(&self, py: Python<'_>, page: Bound<'_, PyAny>) -> PyResult<String> {
        let input = input((Some(page), None, None, None, None, None, 0, None));
        if let Content::Wrong(_, message) = input.content {
            return Err(PyTypeError::new_err(message));
        }
        let mut write = self.settings.write.clone();
        write.format = self.settings.format;
        py.detach(|| {
            let page = self.page(&input, None, false).map_err(|failure| PyRuntimeError::new_err(failure.message))?;
            Ok(zonetext::write::write(&page, &Origin::default(), &write))
        })
    }
}

impl Cleaner {
    /// What `show` tells of one page that was cleaned with all it did.
    fn shown(
        &self,
        py: Python<'_>,
        page: Bound<'_, PyAny>,
        show: impl Fn(&Page, &write::Options) -> String + Send + Sync,
    ) -> PyResult<String> {
        let input = input((Some(page), None, None, None, None, None, 0, None));
        if let Content::Wrong(_, message) = input.content {
            return Err(PyTypeError::new_err(message));
        }
        py.detach(|| {
            let page = self.page(&input, None, true).map_err(|failure| PyRuntimeError::new_err(failure.message))?;
            Ok(show(&page, &self.settings.write))
        })
    }

    fn record(&self, input: &Input) -> String {
        let settings = &self.settings;
        let mut origin = Origin {
            id: input.id.as_deref().and_then(|id| RawValue::from_string(id.to_owned()).ok()),
            metadata: input
                .metadata
                .as_deref()
                .and_then(|json| serde_json::from_str::<Pairs>(json).ok())
                .unwrap_or_default()
                .0,
            url: input.url.as_deref().map(str::to_owned).or_else(|| settings.url.clone()),
            script_to: settings.script_to.clone(),
            surrogates: input.surrogates,
            ..Origin::default()
        };
        let mut line = match self.page(input, Some(&mut origin), false) {
            Ok(page) => record::record(&page, &origin, &settings.write).line(),
            Err(failure) => record::failed(&Page::default(), &origin, &settings.write, failure).line(),
        };
        line.truncate(line.trim_end_matches('\n').len());
        line
    }

    /// The cleaned page. The hash of its bytes goes to `origin`; texts need none.
    fn page(&self, input: &Input, mut origin: Option<&mut Origin>, explain: bool) -> Result<Page, Failure> {
        let mut hash = |bytes: &[u8]| {
            if let Some(origin) = &mut origin {
                origin.sha1 = record::sha1(bytes);
            }
        };
        let mut options = self.settings.options.clone();
        options.explain = explain;
        let label = input.charset.as_deref().and_then(|label| zonetext::decode::label(label).ok());
        options.decode.charset = label.or(options.decode.charset);
        if let (Some(extract), Some(url)) = (&mut options.extract, &input.url) {
            extract.url = Some(url.to_string());
        }
        let decoded;
        let bytes: &[u8] = match &input.content {
            Content::Bytes(bytes) => bytes,
            Content::Base64(coded) => {
                hash(coded.as_bytes());
                decoded = zonetext::decode::base64(coded).map_err(|why| bad("base64", format!("html_b64 is {why}")))?;
                &decoded
            }
            Content::Text(text, form) => {
                options.decode.text = true;
                if let Some(extract) = options.extract.as_mut().filter(|extract| extract.form == Form::Auto) {
                    extract.form = *form;
                }
                text.as_bytes()
            }
            Content::Wrong(code, message) => {
                hash(b"");
                return Err(bad(code, message.clone()));
            }
            Content::Missing => {
                hash(b"");
                return Err(bad("type", "no page in the record (give html_b64, html or text)".to_owned()));
            }
        };
        hash(bytes);
        zonetext::pipeline::caught(bytes, &options).map_err(|message| Failure {
            code: "panic",
            stage: "clean",
            message,
        })
    }
}

fn bad(code: &'static str, message: String) -> Failure {
    Failure { code, stage: "read", message }
}

fn input((page, form, id, url, charset, metadata, surrogates, error): Row<'_>) -> Input {
    let form = form.as_deref();
    let content = match (page, error) {
        (_, Some(error)) => Content::Wrong("type", error.to_string()),
        (None, None) => Content::Missing,
        (Some(page), None) => match (page.extract::<PyBackedStr>(), form) {
            (Ok(coded), Some("base64")) => Content::Base64(coded),
            (Ok(text), Some("html")) => Content::Text(text, Form::Html),
            (Ok(text), Some("text")) => Content::Text(text, Form::Text),
            (Ok(text), _) => Content::Text(text, Form::Auto),
            (Err(_), _) => page.extract().map_or_else(|_| Content::Wrong("type", wrong_type(&page)), Content::Bytes),
        },
    };
    Input { content, id, url, charset, metadata, surrogates }
}

fn wrong_type(page: &Bound<'_, PyAny>) -> String {
    let name = page.get_type().name().map_or_else(|_| "that".to_owned(), |name| name.to_string());
    format!("a page is bytes or str, not {name}")
}

#[pymodule]
fn _zonetext(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Cleaner>()?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("SCHEMA", zonetext::write::schema::ZONETEXT_1)
}
