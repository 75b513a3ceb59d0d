//! Cells to a grid, as the HTML standard forms a table.
//!
//! In: the cells of each row with their spans and texts. Out: the text of the block, and its [`Grid`]. What a span covers is an empty cell
//! of the text. Columns in which no cell begins are left out, as browsers give them no width, so that `colspan=1000` under two headings
//! makes two columns. A table that is mostly holes loses its spans: no markup makes a grid much larger than itself.

use super::leaf::Done;
use crate::page::{Cell, Grid, Mark};

/// Slots of a grid for each of its cells; a table of more is not what it says.
const SLOTS: usize = 12;
/// Slots that any table may have.
const LEAST: usize = 4096;

/// A cell as it was read.
#[derive(Debug, Default)]
pub struct Read {
    pub done: Done,
    pub row_span: u32,
    pub column_span: u32,
    pub header: bool,
    pub bold: bool,
}

/// A row as it was read.
#[derive(Debug, Default)]
pub struct Row {
    pub cells: Vec<Read>,
    /// It stands in `thead`.
    pub head: bool,
}

/// Where a cell came to lie.
struct Placed {
    row: usize,
    column: usize,
    row_span: u32,
    column_span: u32,
}

/// The table's block: text, grid, marks and lines.
pub fn table(mut rows: Vec<Row>) -> (Done, Grid) {
    rows.retain(|row| !row.cells.is_empty());
    let header_rows = header_rows(&rows);
    let placed = place(&rows);
    let columns = placed.iter().map(|cell| cell.column + 1).max().unwrap_or(0) as u32;
    let mut done = Done::default();
    let mut grid = Grid { columns, header_rows, cells: Vec::with_capacity(placed.len()) };
    let mut at = placed.into_iter();
    for (number, row) in rows.into_iter().enumerate() {
        if number > 0 {
            done.text.push('\n');
        }
        let mut column = 0;
        for read in row.cells {
            let Some(cell) = at.next() else { break };
            (column..cell.column).for_each(|_| done.text.push('\t'));
            column = cell.column;
            let start = done.text.len();
            append(&mut done, read.done);
            grid.cells.push(Cell {
                range: start..done.text.len(),
                row: cell.row as u32,
                column: cell.column as u32,
                row_span: cell.row_span,
                column_span: cell.column_span,
                header: read.header || cell.row < header_rows as usize,
            });
        }
    }
    (done, grid)
}

/// Appends a cell's text, marks and lines.
fn append(done: &mut Done, cell: Done) {
    let offset = done.text.len();
    // A cell's text keeps no TAB or line end of its own: they part cells and rows.
    done.text.extend(cell.text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
    let moved = |mark: Mark| Mark { range: mark.range.start + offset..mark.range.end + offset, kind: mark.kind };
    done.marks.extend(cell.marks.into_iter().map(moved));
    cell.lines.into_iter().for_each(|line| done.line(line));
}

/// Rows at the top that name columns: those of `thead`, of `th` alone, or a first one in bold over one that is not.
fn header_rows(rows: &[Row]) -> u32 {
    let names = |row: &&Row| row.head || row.cells.iter().all(|cell| cell.header);
    let count = rows.iter().take_while(names).count();
    let bold = |row: &Row| row.cells.len() > 1 && row.cells.iter().all(|cell| cell.bold);
    let first = matches!(rows, [first, second, ..] if bold(first) && !bold(second));
    if count < rows.len() && count > 0 { count as u32 } else { u32::from(count > 0 || first) }
}

/// The slots of all cells in row order: the standard's algorithm for forming a table, row groups taken as one.
fn place(rows: &[Row]) -> Vec<Placed> {
    let cells: usize = rows.iter().map(|row| row.cells.len()).sum();
    let budget = (cells * SLOTS).max(LEAST);
    spanned(rows, budget).unwrap_or_else(|| spanless(rows))
}

fn spanless(rows: &[Row]) -> Vec<Placed> {
    let of_row = |(row, cells): (usize, &Row)| {
        (0..cells.cells.len())
            .map(move |column| Placed { row, column, row_span: 1, column_span: 1 })
            .collect::<Vec<_>>()
    };
    rows.iter().enumerate().flat_map(of_row).collect()
}

/// `None` where the grid would have more slots than the budget.
fn spanned(rows: &[Row], budget: usize) -> Option<Vec<Placed>> {
    let mut placed: Vec<Placed> = Vec::new();
    // For each column, the first row in which it is free again.
    let mut free: Vec<usize> = Vec::new();
    let mut slots = 0;
    for (number, row) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in &row.cells {
            while free.get(column).is_some_and(|row| *row > number) {
                column += 1;
                slots += 1;
            }
            let wide = cell.column_span.clamp(1, 1000) as usize;
            let high = (cell.row_span.max(1) as usize).min(rows.len() - number);
            slots += wide;
            if slots > budget {
                return None;
            }
            if free.len() < column + wide {
                free.resize(column + wide, 0);
            }
            free[column..column + wide].fill(number + high);
            placed.push(Placed { row: number, column, row_span: high as u32, column_span: wide as u32 });
            column += wide;
        }
    }
    let mut slots = 0;
    narrow(&mut placed);
    for pair in placed.windows(2) {
        slots += pair[1].column.saturating_sub(if pair[0].row == pair[1].row { pair[0].column } else { 0 }) + 1;
    }
    (slots <= budget).then_some(placed)
}

/// Takes out the columns in which no cell begins.
fn narrow(placed: &mut [Placed]) {
    let width = placed.iter().map(|cell| cell.column + cell.column_span as usize).max().unwrap_or(0);
    let mut begins = vec![false; width + 1];
    placed.iter().for_each(|cell| begins[cell.column] = true);
    // The number of each column among those that are left.
    let mut numbers = Vec::with_capacity(width + 1);
    let mut number = 0;
    for begins in begins {
        numbers.push(number);
        number += usize::from(begins);
    }
    for cell in placed {
        let end = numbers[cell.column + cell.column_span as usize];
        cell.column = numbers[cell.column];
        cell.column_span = (end - cell.column).max(1) as u32;
    }
}
