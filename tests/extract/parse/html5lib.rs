//! The tokenizer passes the tests of html5lib.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult};
use serde_json::{Value, json};
use zonetext::extract::parse::Options;
use zonetext::extract::parse::tokenizer::{Start, State, tokenize};

use super::files;

/// Collects tokens in the form of the html5lib tests.
#[derive(Default)]
struct Collected(RefCell<Vec<Value>>);

impl Collected {
    fn text(&self, text: &str) {
        let mut tokens = self.0.borrow_mut();
        match tokens.last_mut() {
            Some(Value::Array(last)) if last[0] == "Character" => {
                last[1] = json!(format!("{}{text}", last[1].as_str().unwrap()));
            }
            _ => tokens.push(json!(["Character", text])),
        }
    }
}

impl TokenSink for Collected {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let string = |text: &Option<StrTendril>| text.as_ref().map(|text| text.to_string());
        let token = match token {
            Token::DoctypeToken(d) => {
                json!(["DOCTYPE", string(&d.name), string(&d.public_id), string(&d.system_id), !d.force_quirks])
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => json!(["EndTag", tag.name.to_string()]),
            Token::TagToken(tag) => {
                let attributes = tag.attrs.iter().map(|a| (a.name.local.to_string(), json!(a.value.to_string())));
                let attributes = Value::Object(attributes.collect());
                let mut token = json!(["StartTag", tag.name.to_string(), attributes]);
                if tag.self_closing {
                    token.as_array_mut().unwrap().push(json!(true));
                }
                token
            }
            Token::CommentToken(text) => json!(["Comment", text.to_string()]),
            Token::CharacterTokens(text) => {
                self.text(&text);
                return TokenSinkResult::Continue;
            }
            Token::NullCharacterToken => {
                self.text("\0");
                return TokenSinkResult::Continue;
            }
            Token::EOFToken | Token::ParseError(_) => return TokenSinkResult::Continue,
        };
        self.0.borrow_mut().push(token);
        TokenSinkResult::Continue
    }
}

/// Undoes the second escaping of some html5lib tests; `None` where it gives a lone surrogate, which no text can hold.
fn unescaped(value: &Value) -> Option<Value> {
    Some(match value {
        Value::String(text) => {
            let mut units = Vec::new();
            let mut rest = text.as_str();
            while let Some(at) = rest.find("\\u") {
                units.extend(rest[..at].encode_utf16());
                units.push(u16::from_str_radix(&rest[at + 2..at + 6], 16).unwrap());
                rest = &rest[at + 6..];
            }
            units.extend(rest.encode_utf16());
            json!(String::from_utf16(&units).ok()?)
        }
        Value::Array(items) => Value::Array(items.iter().map(unescaped).collect::<Option<_>>()?),
        Value::Object(items) => {
            let items = items
                .iter()
                .map(|(key, value)| Some((unescaped(&json!(key))?.as_str()?.to_owned(), unescaped(value)?)));
            Value::Object(items.collect::<Option<_>>()?)
        }
        other => other.clone(),
    })
}

fn initial_state(name: &str) -> State {
    match name {
        "Data state" => State::Data,
        "PLAINTEXT state" => State::Plaintext,
        "RCDATA state" => State::Rcdata,
        "RAWTEXT state" => State::Rawtext,
        "Script data state" => State::Script,
        "CDATA section state" => State::Cdata,
        other => panic!("unknown state {other}"),
    }
}

/// Runs a case of html5lib from each of its states; the tokens that differ.
fn html5lib_failure(case: &Value) -> Option<String> {
    let escaped = case["doubleEscaped"] == true;
    let (input, expected) = match escaped {
        true => (unescaped(&case["input"])?, unescaped(&case["output"])?),
        false => (case["input"].clone(), case["output"].clone()),
    };
    let input = input.as_str().unwrap().replace("\r\n", "\n").replace('\r', "\n");
    let states = case["initialStates"].as_array().cloned().unwrap_or(vec![json!("Data state")]);
    states.iter().find_map(|state| {
        let state = initial_state(state.as_str().unwrap());
        let last_start_tag = case["lastStartTag"].as_str().unwrap_or("").into();
        let sink = Collected::default();
        tokenize(&StrTendril::from(&*input), &sink, &Start { state, last_start_tag }, &Options::exact());
        let found = Value::Array(sink.0.take());
        (found != expected).then(|| format!("{} from {state:?}\n  {found}\n  {expected}", case["description"]))
    })
}

#[test]
fn html5lib_tokenizer_tests() {
    let mut ran = 0;
    let mut failures = Vec::new();
    for path in files(Path::new("fixtures/extract/html5lib"), ".test") {
        let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        // "xmlViolationTests" expect the names of XML, which no HTML tree has.
        for case in file["tests"].as_array().into_iter().flatten() {
            ran += 1;
            failures.extend(html5lib_failure(case).map(|failure| format!("{}: {failure}", path.display())));
        }
    }
    assert!(ran > 6000, "only {ran} cases");
    assert!(failures.is_empty(), "{} of {ran}:\n{}", failures.len(), failures.join("\n"));
}
