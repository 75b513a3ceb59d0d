//! One test binary; a room for each stage and each kind of law.

mod cli;
mod decode;
mod extract;
mod laws;
mod pages;
mod quality;
mod repair;
mod script;
mod split;
mod tables;
