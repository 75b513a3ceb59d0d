//! The tree that extraction walks: one vector of small nodes, and one of attributes.
//!
//! In: what html5ever's tree builder tells a sink. Out: [`Arena`]. It has the nodes that `scraper`'s tree has, in the same order, but
//! a node takes 48 bytes and no allocation of its own, where it takes 144 there and a vector of attributes. The handles of
//! the builder carry the names of their elements, since it asks for them all the time (is there a `p` in button scope?) and
//! should not have to look into the tree for the answer.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, QualName, local_name, ns};

use super::guard::Nodes;

/// No node.
const NONE: u32 = u32::MAX;

/// What a node is.
#[derive(Debug)]
pub enum Content {
    /// The root.
    Document,
    /// The contents of a `template`.
    Fragment,
    /// A document type, a comment, an instruction: nothing that extraction reads.
    Other,
    /// Characters, references resolved.
    Text(StrTendril),
    /// An element.
    Element {
        /// Without its namespace.
        name: LocalName,
        /// In [`Arena`]'s vector of attributes.
        attributes: Range<u32>,
    },
}

#[derive(Debug)]
struct Node {
    parent: u32,
    previous: u32,
    next: u32,
    first: u32,
    last: u32,
    content: Content,
}

/// A tree.
#[derive(Debug)]
pub struct Arena {
    nodes: Vec<Node>,
    attributes: Vec<(LocalName, StrTendril)>,
}

/// A place in an [`Arena`].
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    arena: &'a Arena,
    number: u32,
}

/// An element's name and attributes.
#[derive(Debug, Clone, Copy)]
pub struct Markup<'a> {
    name: &'a LocalName,
    attributes: &'a [(LocalName, StrTendril)],
}

impl<'a> Markup<'a> {
    /// The name without its namespace.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The value of an attribute.
    pub fn value(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(known, _)| &**known == name).map(|(_, value)| &**value)
    }

    /// Names and values, sorted by name.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.attributes.iter().map(|(name, value)| (&**name, &**value))
    }
}

impl<'a> Place<'a> {
    fn node(self) -> &'a Node {
        &self.arena.nodes[self.number as usize]
    }

    fn at(self, number: u32) -> Option<Place<'a>> {
        (number != NONE).then_some(Place { number, ..self })
    }

    /// The node's number in the arena, below [`Arena::len`].
    pub fn number(self) -> usize {
        self.number as usize
    }

    /// What the node is.
    pub fn content(self) -> &'a Content {
        &self.node().content
    }

    /// None for the root and for what was taken out.
    pub fn parent(self) -> Option<Place<'a>> {
        self.at(self.node().parent)
    }

    /// None where there are no children.
    pub fn first_child(self) -> Option<Place<'a>> {
        self.at(self.node().first)
    }

    /// None for the last one.
    pub fn next_sibling(self) -> Option<Place<'a>> {
        self.at(self.node().next)
    }

    /// In the order of the document.
    pub fn children(self) -> impl Iterator<Item = Place<'a>> {
        std::iter::successors(self.first_child(), |child| child.next_sibling())
    }

    /// The node and all nodes in it, in the order of the document.
    pub fn descendants(self) -> impl Iterator<Item = Place<'a>> {
        let inside = move |place: &Place<'a>| {
            let mut at = *place;
            let mut next = at.first_child();
            while next.is_none() && at.number != self.number {
                next = at.next_sibling();
                if next.is_none() {
                    at = at.parent()?;
                }
            }
            next
        };
        std::iter::successors(Some(self), inside)
    }

    /// The text, if it is one.
    pub fn text(self) -> Option<&'a str> {
        if let Content::Text(text) = self.content() { Some(text) } else { None }
    }

    /// The element, if it is one.
    pub fn markup(self) -> Option<Markup<'a>> {
        let Content::Element { name, attributes } = self.content() else { return None };
        let attributes = &self.arena.attributes[attributes.start as usize..attributes.end as usize];
        Some(Markup { name, attributes })
    }
}

impl Arena {
    /// A document with room for this many nodes.
    pub(super) fn with_capacity(nodes: usize) -> Arena {
        let mut arena = Arena { nodes: Vec::with_capacity(nodes), attributes: Vec::with_capacity(nodes / 2) };
        arena.push(Content::Document);
        arena
    }

    /// The document.
    pub fn root(&self) -> Place<'_> {
        Place { arena: self, number: 0 }
    }

    /// The node of this number, if there is one.
    pub fn place(&self, number: usize) -> Option<Place<'_>> {
        (number < self.nodes.len()).then_some(Place { arena: self, number: number as u32 })
    }

    /// How many nodes there are, those included that no longer hang in the tree.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: there is always the document.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    fn push(&mut self, content: Content) -> u32 {
        let number = self.nodes.len() as u32;
        self.nodes.push(Node { parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, content });
        number
    }

    fn node(&mut self, number: u32) -> &mut Node {
        &mut self.nodes[number as usize]
    }

    fn detach(&mut self, number: u32) {
        let Node { parent, previous, next, .. } = self.nodes[number as usize];
        if parent == NONE {
            return;
        }
        match previous {
            NONE => self.node(parent).first = next,
            _ => self.node(previous).next = next,
        }
        match next {
            NONE => self.node(parent).last = previous,
            _ => self.node(next).previous = previous,
        }
        let node = self.node(number);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    fn append(&mut self, parent: u32, child: u32) {
        self.detach(child);
        let last = self.node(parent).last;
        match last {
            NONE => self.node(parent).first = child,
            _ => self.node(last).next = child,
        }
        let node = self.node(child);
        (node.parent, node.previous) = (parent, last);
        self.node(parent).last = child;
    }

    fn insert_before(&mut self, sibling: u32, child: u32) {
        self.detach(child);
        let Node { parent, previous, .. } = self.nodes[sibling as usize];
        match previous {
            NONE => self.node(parent).first = child,
            _ => self.node(previous).next = child,
        }
        let node = self.node(child);
        (node.parent, node.previous, node.next) = (parent, previous, sibling);
        self.node(sibling).previous = child;
    }

    /// Appends to the text `number`, if it is one; else gives the text back.
    fn joined(&mut self, number: u32, text: StrTendril) -> Result<(), StrTendril> {
        match self.nodes.get_mut(number as usize).map(|node| &mut node.content) {
            Some(Content::Text(before)) => {
                before.push_tendril(&text);
                Ok(())
            }
            _ => Err(text),
        }
    }

    fn attributes(&mut self, mut attributes: Vec<Attribute>) -> Range<u32> {
        if attributes.len() > 1 {
            attributes.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        }
        let start = self.attributes.len() as u32;
        self.attributes.extend(attributes.into_iter().map(|attribute| (attribute.name.local, attribute.value)));
        start..self.attributes.len() as u32
    }

    /// Gives an element the attributes that it does not have yet.
    fn add_missing(&mut self, number: u32, more: Vec<Attribute>) {
        let Content::Element { attributes, .. } = &self.nodes[number as usize].content else { return };
        let mut all = self.attributes[attributes.start as usize..attributes.end as usize].to_vec();
        for Attribute { name, value } in more {
            if let Err(at) = all.binary_search_by(|(known, _)| known.cmp(&name.local)) {
                all.insert(at, (name.local, value));
            }
        }
        let start = self.attributes.len() as u32;
        self.attributes.extend(all);
        let end = self.attributes.len() as u32;
        if let Content::Element { attributes, .. } = &mut self.node(number).content {
            *attributes = start..end;
        }
    }
}

/// Builds an [`Arena`].
pub(super) struct Sink(pub(super) RefCell<Arena>);

/// A node, and the name of its element.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    number: u32,
    space: &'static Namespace,
    name: LocalName,
}

static HTML: Namespace = ns!(html);
static SVG: Namespace = ns!(svg);
static MATHML: Namespace = ns!(mathml);

impl Handle {
    /// Of what is no element.
    fn nameless(number: u32) -> Handle {
        Handle { number, space: &HTML, name: LocalName::default() }
    }
}

impl Nodes for Sink {
    fn nodes(&self) -> usize {
        self.0.borrow().len()
    }
}

impl TreeSink for Sink {
    type Output = Arena;
    type Handle = Handle;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Arena {
        self.0.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn get_document(&self) -> Handle {
        Handle::nameless(0)
    }

    #[inline]
    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.number == y.number
    }

    #[inline]
    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        ExpandedName { ns: target.space, local: &target.name }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let space = match name.ns {
            ns!(svg) => &SVG,
            ns!(mathml) => &MATHML,
            _ => &HTML,
        };
        let mut arena = self.0.borrow_mut();
        let attributes = arena.attributes(attributes);
        let number = arena.push(Content::Element { name: name.local.clone(), attributes });
        if name.local == local_name!("template") && name.ns == ns!(html) {
            let fragment = arena.push(Content::Fragment);
            arena.append(number, fragment);
        }
        Handle { number, space, name: name.local }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle::nameless(self.0.borrow_mut().push(Content::Other))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle::nameless(self.0.borrow_mut().push(Content::Other))
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {
        let mut arena = self.0.borrow_mut();
        let number = arena.push(Content::Other);
        arena.append(0, number);
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let mut arena = self.0.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => arena.append(parent.number, node.number),
            NodeOrText::AppendText(text) => {
                let last = arena.node(parent.number).last;
                if let Err(text) = arena.joined(last, text) {
                    let number = arena.push(Content::Text(text));
                    arena.append(parent.number, number);
                }
            }
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let mut arena = self.0.borrow_mut();
        if let NodeOrText::AppendNode(node) = &child {
            arena.detach(node.number);
        }
        if arena.node(sibling.number).parent == NONE {
            return;
        }
        match child {
            NodeOrText::AppendNode(node) => arena.insert_before(sibling.number, node.number),
            NodeOrText::AppendText(text) => {
                let previous = arena.node(sibling.number).previous;
                if let Err(text) = arena.joined(previous, text) {
                    let number = arena.push(Content::Text(text));
                    arena.insert_before(sibling.number, number);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let hangs = self.0.borrow_mut().node(element.number).parent != NONE;
        if hangs { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.0.borrow_mut().detach(target.number);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut arena = self.0.borrow_mut();
        while let Some(child) = Some(arena.node(node.number).first).filter(|&child| child != NONE) {
            arena.append(new_parent.number, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        self.0.borrow_mut().add_missing(target.number, attributes);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        Handle::nameless(self.0.borrow_mut().node(target.number).first)
    }
}
