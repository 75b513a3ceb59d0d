//! A page as text, Markdown or a JSON record. Nothing is read or opened here.
