//! Room of whole pages: each folder of fixtures/pages is a page with the text and the record that must come out of it.

use serde_json::Value;
use zonetext::write::record::Origin;
use zonetext::write::{self, Format};

#[test]
fn each_page_comes_out_as_expected() {
    let mut count = 0;
    for folder in crate::pages() {
        let input = ["input.txt", "input.html"].map(|name| folder.join(name)).into_iter().find(|path| path.exists());
        let bytes = std::fs::read(input.unwrap_or_else(|| panic!("{}: no input", folder.display()))).unwrap();
        let options = zonetext::Options { split: Some(Default::default()), ..Default::default() };
        let page = zonetext::clean(&bytes, &options);
        let origin = Origin { script_to: "keep".into(), ..Origin::default() };
        let text = write::write(&page, &origin, &write::Options::default());
        let want = std::fs::read_to_string(folder.join("expected.txt")).unwrap();
        assert_eq!(text, want, "{}", folder.display());
        let json = write::write(&page, &origin, &write::Options { format: Format::Jsonl, ..Default::default() });
        let got: Value = serde_json::from_str(&json).unwrap();
        let want: Value = serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
        for (key, value) in want.as_object().unwrap() {
            let have = key.split('.').fold(&got, |value, part| &value[part]);
            assert_eq!(have, value, "{}: {key}", folder.display());
        }
        assert!(folder.join("about.md").exists(), "{}: says nothing of its source and licence", folder.display());
        count += 1;
    }
    assert!(count >= 5 || crate::packaged(), "only {count} pages found");
}
