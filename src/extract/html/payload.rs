//! Text that a page carries as data for its scripts instead of showing it.
//!
//! In: what the walk met of such data. Out: HTML fragments in reading order. Looked at only where the page itself shows next
//! to nothing: a Discourse topic delivers its posts as JSON in an attribute, a news page may have its text in JSON-LD alone.

use serde_json::Value;

/// Posts of a Discourse topic: `data-preloaded` maps `topic_N` to a JSON text with `post_stream.posts[].cooked`.
pub fn discourse(attribute: &str) -> Vec<String> {
    let Ok(Value::Object(parts)) = serde_json::from_str(attribute) else { return Vec::new() };
    let topic = parts.iter().find(|(key, _)| key.starts_with("topic_")).and_then(|(_, value)| value.as_str());
    let Some(Ok(topic)) = topic.map(serde_json::from_str::<Value>) else { return Vec::new() };
    let posts = topic.pointer("/post_stream/posts").and_then(Value::as_array);
    posts.into_iter().flatten().filter_map(post).collect()
}

/// A post as the forum would show it.
fn post(post: &Value) -> Option<String> {
    let cooked = post.get("cooked")?.as_str()?;
    let name = post.get("username").and_then(Value::as_str).unwrap_or("");
    Some(format!(
        "<article class=\"topic-post\"><div class=\"username\">{name}</div><div class=\"cooked\">{cooked}</div></article>"
    ))
}
