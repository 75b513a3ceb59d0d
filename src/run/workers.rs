//! Work in parallel, results in order.
//!
//! In: a feed of pieces, what to do with each, and who takes the results. Out: the results, handed over in the order of the pieces whatever
//! the number of threads, so that the output is the same byte for byte. Workers read the feed themselves, one at a time, so a feed that
//! blocks holds up nobody's finished result. At most a window of pieces is under way at a time: memory is bounded by it, not by the run.

use anyhow::Result;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Where the pieces come from.
pub trait Feed {
    type Piece;

    /// The next piece can be had without waiting for anybody.
    fn ready(&self) -> bool {
        true
    }

    /// The next piece; `None` at the end.
    fn next(&mut self) -> io::Result<Option<Self::Piece>>;

    /// Bytes that a piece holds. What is under way is bounded by them as well.
    fn weight(_piece: &Self::Piece) -> usize {
        0
    }
}

/// A feed that is asked for something afterwards.
impl<F: Feed> Feed for &mut F {
    type Piece = F::Piece;

    fn ready(&self) -> bool {
        (**self).ready()
    }

    fn next(&mut self) -> io::Result<Option<Self::Piece>> {
        (**self).next()
    }

    fn weight(piece: &F::Piece) -> usize {
        F::weight(piece)
    }
}

/// Who takes the results.
pub trait Sink<T> {
    /// Takes the next result.
    fn take(&mut self, result: T) -> Result<()>;

    /// Nothing is ready just now: hands on what was taken so far.
    fn idle(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Pieces that may be under way, for each thread: enough to hide one slow page among quick ones.
const WINDOW: usize = 16;

/// Bytes that may be under way: a few long records, or one as long as the budget.
const BYTES: usize = 128 << 20;

struct Queue<T> {
    /// Pieces that were begun or are about to be, and results that were handed over.
    begun: usize,
    taken: usize,
    /// Results with the bytes of their pieces, and the bytes of all pieces under way.
    done: BTreeMap<usize, (T, usize)>,
    bytes: usize,
    /// Workers that may still bring a result.
    active: usize,
    /// No further piece is begun.
    stopped: bool,
    error: Option<io::Error>,
}

/// Does `work` on all pieces in `threads` threads and hands each result to `sink` in this thread. A failure of the sink ends the work; one of
/// the feed ends it after what was begun is handed over. Returns how many results were handed over.
pub fn in_order<F, T>(
    threads: usize,
    mut feed: F,
    work: impl Fn(F::Piece) -> T + Sync,
    sink: &mut impl Sink<T>,
) -> Result<usize>
where
    F: Feed + Send,
    T: Send,
{
    if threads <= 1 {
        return one_by_one(&mut feed, work, sink);
    }
    let start =
        Queue { begun: 0, taken: 0, done: BTreeMap::new(), bytes: 0, active: threads, stopped: false, error: None };
    let (queue, changed, feed) = (Mutex::new(start), Condvar::new(), Mutex::new((feed, 0)));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| worker(&queue, &changed, &feed, threads * WINDOW, &work));
        }
        let handed = hand_over(&queue, &changed, sink);
        lock(&queue).stopped = true;
        changed.notify_all();
        handed
    })
}

fn one_by_one<F: Feed, T>(feed: &mut F, work: impl Fn(F::Piece) -> T, sink: &mut impl Sink<T>) -> Result<usize> {
    let mut handed = 0;
    loop {
        if !feed.ready() {
            sink.idle()?;
        }
        let Some(piece) = feed.next()? else { return Ok(handed) };
        sink.take(work(piece))?;
        handed += 1;
    }
}

fn worker<F: Feed, T>(
    queue: &Mutex<Queue<T>>,
    changed: &Condvar,
    feed: &Mutex<(F, usize)>,
    window: usize,
    work: &(impl Fn(F::Piece) -> T + Sync),
) {
    // A panic outside of what a page's own catch covers must not leave the others waiting.
    let _leave = Leave { queue, changed };
    loop {
        let mut state = lock(queue);
        while !state.stopped && state.is_full(window) {
            state = changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let stopped = state.stopped;
        state.begun += 1;
        drop(state);
        let piece = if stopped { Ok(None) } else { numbered(feed) };
        match piece {
            Ok(Some((number, piece))) => {
                let weight = F::weight(&piece);
                lock(queue).bytes += weight;
                let result = work(piece);
                lock(queue).done.insert(number, (result, weight));
                changed.notify_all();
            }
            ended => {
                let mut state = lock(queue);
                state.stopped = true;
                state.error = ended.err().or(state.error.take());
                return;
            }
        }
    }
}

impl<T> Queue<T> {
    /// So much is under way that the next piece has to wait.
    fn is_full(&self, window: usize) -> bool {
        self.begun >= self.taken + window || (self.bytes > BYTES && self.begun > self.taken)
    }
}

/// A worker's end, however it comes.
struct Leave<'a, T> {
    queue: &'a Mutex<Queue<T>>,
    changed: &'a Condvar,
}

impl<T> Drop for Leave<'_, T> {
    fn drop(&mut self) {
        let mut state = lock(self.queue);
        state.active -= 1;
        state.stopped = true;
        drop(state);
        self.changed.notify_all();
    }
}

/// The next piece with its number. The feed may block, so nobody may hold the queue here.
fn numbered<F: Feed>(feed: &Mutex<(F, usize)>) -> io::Result<Option<(usize, F::Piece)>> {
    let mut feed = lock(feed);
    let piece = feed.0.next()?;
    feed.1 += 1;
    Ok(piece.map(|piece| (feed.1 - 1, piece)))
}

fn hand_over<T>(queue: &Mutex<Queue<T>>, changed: &Condvar, sink: &mut impl Sink<T>) -> Result<usize> {
    let mut number = 0;
    loop {
        let result = match next_result(queue, number) {
            Next::Result(result) => result,
            Next::End(error) => return error.map_or(Ok(number), |error| Err(error.into())),
            Next::Later => {
                sink.idle()?;
                let mut state = lock(queue);
                while !state.done.contains_key(&number) && state.active > 0 {
                    state = changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                continue;
            }
        };
        changed.notify_all();
        sink.take(result)?;
        number += 1;
    }
}

enum Next<T> {
    Result(T),
    Later,
    End(Option<io::Error>),
}

fn next_result<T>(queue: &Mutex<Queue<T>>, number: usize) -> Next<T> {
    let mut state = lock(queue);
    match state.done.remove(&number) {
        Some((result, weight)) => {
            state.taken += 1;
            state.bytes -= weight;
            Next::Result(result)
        }
        None if state.active == 0 => Next::End(state.error.take()),
        None => Next::Later,
    }
}

/// A worker catches the panics of its pages, so a poisoned lock cannot hide a broken state.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The number of threads for `-j`: 0 means all cores.
pub fn threads(wanted: usize) -> usize {
    match wanted {
        0 => thread::available_parallelism().map_or(1, |cores| cores.get()),
        wanted => wanted.min(256),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct Numbers {
        next: usize,
        end: usize,
        fails: bool,
    }

    impl Feed for Numbers {
        type Piece = usize;

        fn next(&mut self) -> io::Result<Option<usize>> {
            self.next += 1;
            match self.next <= self.end {
                true => Ok(Some(self.next - 1)),
                false if self.fails => Err(io::Error::other("broken")),
                false => Ok(None),
            }
        }
    }

    #[derive(Default)]
    struct Taken<'a> {
        numbers: Vec<usize>,
        under_way: Option<&'a AtomicUsize>,
        full_at: Option<usize>,
    }

    impl Sink<usize> for Taken<'_> {
        fn take(&mut self, result: usize) -> Result<()> {
            anyhow::ensure!(self.full_at != Some(self.numbers.len()), "full");
            self.numbers.push(result);
            self.under_way.map(|n| n.fetch_sub(1, Ordering::SeqCst));
            Ok(())
        }
    }

    fn numbers(end: usize) -> Numbers {
        Numbers { next: 0, end, fails: false }
    }

    #[test]
    fn results_come_in_order_and_few_wait() {
        for threads in [1, 2, 8] {
            let (under_way, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let mut sink = Taken { under_way: Some(&under_way), ..Taken::default() };
            let work = |number| {
                most.fetch_max(under_way.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                number * 2
            };
            assert_eq!(in_order(threads, numbers(1000), work, &mut sink).unwrap(), 1000);
            assert_eq!(sink.numbers, (0..1000).map(|n| n * 2).collect::<Vec<_>>());
            // One more than the window: a result leaves it just before the sink has counted it.
            assert!(most.load(Ordering::SeqCst) <= threads * WINDOW + 1);
        }
    }

    #[test]
    fn a_full_sink_and_a_broken_feed_end_the_work() {
        for threads in [1, 4] {
            let mut sink = Taken { full_at: Some(5), ..Taken::default() };
            assert!(in_order(threads, numbers(1000), |n| n, &mut sink).is_err());
            assert_eq!(sink.numbers.len(), 5);
            let mut sink = Taken::default();
            assert!(in_order(threads, Numbers { fails: true, ..numbers(100) }, |n| n, &mut sink).is_err());
            assert_eq!(sink.numbers.len(), 100, "what was begun is handed over");
            assert_eq!(in_order(threads, numbers(0), |n| n, &mut sink).unwrap(), 0);
        }
    }
}
