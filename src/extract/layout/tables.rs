//! Which tables hold data, and which only lay out the page.
//!
//! In: the flat page. Out: for each element whether it is a table of data. Tables for layout (in them tables, columns of text, menus, one
//! cell a row) are unwrapped into the blocks of their cells.

use crate::extract::html::flat::{Flat, flag};
use crate::extract::html::tag::Tag;

/// What a table holds, summed over its own cells.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    rows: u32,
    cells: u32,
    /// Cells that hold more than one line, or much text.
    large: u32,
    /// Tokens of its largest cell.
    longest: u32,
    /// Lines of its largest cell.
    most_lines: u32,
    heads: u32,
    controls: u32,
    wide: bool,
    nested: bool,
    /// Rows in which nothing stands, and rows in which one cell alone says something.
    blank: u32,
    lone: u32,
}

/// Tokens of a cell that is more than a value.
const LARGE: u32 = 80;
/// Lines of a cell that is a column of the page.
const COLUMN: u32 = 12;
/// Tokens of a cell that is a text of its own.
const TEXT: u32 = 400;

/// Whether each element is a table of data.
pub fn data(flat: &Flat) -> Vec<bool> {
    let mut sums = vec![Sum::default(); flat.elements.len()];
    // The nearest table around each element, and how many cells its row has so far.
    let mut around = vec![0usize; flat.elements.len()];
    let mut cells_of_row = vec![0u32; flat.elements.len()];
    let mut tokens = vec![0u32; flat.lines.len() + 1];
    for (index, line) in flat.lines.iter().enumerate() {
        tokens[index + 1] = tokens[index] + line.counts.tokens;
    }
    for (index, element) in flat.elements.iter().enumerate().skip(1) {
        let parent = element.parent as usize;
        let table = around[parent];
        around[index] = table;
        match element.tag {
            Tag::Table => {
                around[index] = index;
                sums[table].nested = true;
            }
            Tag::Row => sums[table].rows += 1,
            Tag::Cell => {
                let lines = element.lines.clone();
                let length = tokens[lines.end as usize] - tokens[lines.start as usize];
                cells_of_row[parent] += 1;
                let control =
                    flat.lines[lines.start as usize..lines.end as usize].iter().any(|l| l.flags & flag::CONTROL != 0);
                let sum = &mut sums[table];
                sum.wide |= cells_of_row[parent] > 1;
                sum.cells += 1;
                sum.large += u32::from(length > LARGE || lines.len() > 2);
                sum.longest = sum.longest.max(length);
                sum.most_lines = sum.most_lines.max(lines.len() as u32);
                sum.heads += u32::from(element.head);
                sum.controls += u32::from(control);
            }
            _ => {}
        }
    }
    rows(flat, &around, &mut sums);
    // A table in a table makes the outer one a layout, however deep it lies.
    flat.elements.iter().zip(&sums).map(|(element, sum)| element.tag == Tag::Table && is_data(sum)).collect()
}

/// Counts the rows that part others, and those that say one thing.
fn rows(flat: &Flat, around: &[usize], sums: &mut [Sum]) {
    let mut said = vec![0u32; flat.elements.len()];
    for element in flat.elements.iter().filter(|element| element.tag == Tag::Cell && !element.lines.is_empty()) {
        said[element.parent as usize] += 1;
    }
    for (index, _) in flat.elements.iter().enumerate().filter(|(_, element)| element.tag == Tag::Row) {
        let sum = &mut sums[around[index]];
        sum.blank += u32::from(said[index] == 0);
        sum.lone += u32::from(said[index] == 1);
    }
}

fn is_data(sum: &Sum) -> bool {
    if sum.nested || !sum.wide || sum.cells < 2 {
        return false;
    }
    if sum.heads > 0 {
        return sum.most_lines <= 4 * COLUMN && sum.longest <= 4 * TEXT;
    }
    // A quarter of the rows to part others and a quarter with one cell each: entries of a list, set by a table.
    let listed = sum.blank * 4 >= sum.rows && sum.lone * 4 >= sum.rows;
    sum.rows > 1
        && !listed
        && sum.controls * 4 <= sum.cells
        && sum.large * 3 <= sum.cells
        && sum.most_lines <= COLUMN
        && sum.longest <= TEXT
}
