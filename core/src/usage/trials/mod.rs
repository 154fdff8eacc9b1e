//! Random stories of a line's figures, on the pieces the product is made of: the operator's documents are decoded, merged
//! with what is kept, sealed into rows, read again by the next process, and drawn. Only socket and file are left out.

mod i01_cycles;
mod i02_missing;
mod i03_counts;
mod kept_view;
mod overtaken;

use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::test_runner::{Config, RngAlgorithm};

use super::counted::{Counted, counted};
use super::memory::{Memory, row_key};
use super::merge::{Merged, merge};
use super::model::LineUsage;
use super::state::{Kept, Now};
use super::tmf::{self, Decoded, HowToRead, Refusal};
use super::view::samples::{brussels, presentation};
use super::view::{UsageView, usage_view};
use crate::host::{ClockReading, SystemEntropy};
use crate::operator::time::{Anchor, OperatorTime, timestamp};
use crate::operator::units::{CycleEnd, DataBase};
use crate::session::{Line, Lines, Subject};
use crate::store::{DataKey, Dated, Row, Snapshot};
use crate::text::Language;

/// Short stories in great number: drawing them must not take longer than playing them.
fn config(cases: u32) -> Config {
    Config { rng_algorithm: RngAlgorithm::XorShift, ..crate::trials::config(cases) }
}

const NUMBER: &str = "+32470550123";
const ME: &str = "person-1";

/// The first instant of a day in Brussels.
fn midnight(day: Date) -> Timestamp {
    day.to_zoned_datetime(brussels()).unwrap().timestamp()
}

/// A phone with one line, its clocks moved by hand.
struct Phone {
    subject: Subject,
    line: Line,
    /// The time as it is, by the operator's clock.
    true_ms: i64,
    /// How far off the phone's wall clock is.
    wall_off_ms: i64,
    /// Which start of the phone it is, and when that was.
    boot: (u32, i64),
    time: OperatorTime,
    memory: Memory,
    /// What lies in the database: what was kept last, and the operator's last time.
    written: Option<Dated<LineUsage>>,
    anchor: Option<Anchor>,
}

impl Phone {
    fn new(at: Timestamp) -> Phone {
        let key = DataKey::from_bytes(&[7; 32]).unwrap();
        let subject = Subject { id: "subject".to_owned(), sub: ME.to_owned(), key, epoch: 1, data_epoch: 1 };
        let line = Line { id: "line".to_owned(), msisdn: Some(NUMBER.to_owned()) };
        let true_ms = at.as_millisecond();
        let mut phone = Phone {
            subject,
            line,
            true_ms,
            wall_off_ms: 0,
            boot: (0, true_ms),
            time: OperatorTime::default(),
            memory: Memory::default(),
            written: None,
            anchor: None,
        };
        phone.starts_again();
        phone
    }

    /// The process ends, and another one reads what lies there.
    fn starts_again(&mut self) {
        let usage = self.written.iter().map(|written| self.sealed(written, &self.line.id));
        let rows = [self.sealed_lines()].into_iter().chain(usage).collect();
        self.memory = Memory::of(Some(&self.subject), rows);
        self.time = OperatorTime::new(self.anchor.clone());
    }

    /// The phone itself is started again, after a while.
    fn reboots(&mut self, off_ms: i64) {
        self.true_ms += off_ms;
        self.boot = (self.boot.0 + 1, self.true_ms);
        self.starts_again();
    }

    /// Another answer of the operator's, 200.
    fn is_answered(&mut self, document: &str) -> Merged {
        self.learn();
        let kept = self.memory.usage.get(&self.line.id).map(|kept| kept.model.clone());
        let merged = merge(decode(document), kept.as_ref(), &self.now()).unwrap();
        match &merged {
            Merged::Replaced(usage) => {
                let now_ms = self.now().at.as_millisecond();
                let counted_ms = usage.counted_at.map(|counted| counted.at.as_millisecond());
                let (checked_ms, received_ms) = (now_ms, now_ms);
                let dated = Dated { model: usage.clone(), etag: None, counted_ms, checked_ms, received_ms };
                self.memory.usage.insert(self.line.id.clone(), dated);
            }
            Merged::Stays | Merged::Emptied => self.memory.checked(&self.line, self.now().at.as_millisecond()),
        }
        self.keep();
        merged
    }

    /// The operator says that nothing changed, 304.
    fn is_told_that_nothing_changed(&mut self) {
        self.learn();
        self.memory.checked(&self.line, self.now().at.as_millisecond());
        self.keep();
    }

    fn learn(&mut self) {
        self.time.learn(timestamp(self.true_ms), &self.reading());
    }

    fn keep(&mut self) {
        self.anchor = self.time.anchor();
        self.written = self.memory.usage.get(&self.line.id).cloned();
    }

    fn sealed<T: Snapshot>(&self, dated: &Dated<T>, of: &str) -> Row {
        let key = row_key(&self.subject, of);
        dated.seal(&self.subject.id, &key, &self.subject.key, &SystemEntropy).unwrap()
    }

    /// The same on every phone, and so sealed once.
    fn sealed_lines(&self) -> Row {
        static LINES: OnceLock<Row> = OnceLock::new();
        let model = Lines(vec![self.line.clone()]);
        let lines = Dated { model, etag: None, counted_ms: None, checked_ms: 0, received_ms: 0 };
        LINES.get_or_init(|| self.sealed(&lines, "")).clone()
    }

    fn reading(&self) -> ClockReading {
        let (boot, since_ms) = self.boot;
        ClockReading {
            wall_ms: self.true_ms + self.wall_off_ms,
            elapsed_ms: self.true_ms - since_ms,
            boot_id: boot.to_string(),
        }
    }

    fn now(&self) -> Now {
        let best = self.time.best(&self.reading());
        let today = best.at.to_zoned_datetime(brussels()).date();
        Now { at: best.at, today, clock_off_minutes: best.wall_off_minutes }
    }

    /// What is kept of the line, as the screen gets it.
    fn kept(&self) -> Option<Kept> {
        self.memory.state(false, None).lines.remove(0).kept
    }

    fn view(&self) -> UsageView {
        usage_view(&self.memory.state(false, None), &self.now(), &presentation(Language::English, &brussels()), 0)
    }

    /// What alerts are decided from.
    fn counted(&self) -> Vec<Counted> {
        counted(&self.memory.state(false, None).lines, &self.now(), &presentation(Language::English, &brussels()))
    }
}

/// Reads a document for the line, or for whichever lines it tells of.
fn read(document: &str, lines: Option<&[String]>) -> Result<Decoded, Refusal> {
    let how = HowToRead {
        lines,
        line_id: Some("line"),
        me: Some(ME),
        time_zone: &brussels(),
        data_base: DataBase::Decimal,
        cycle_end: CycleEnd::Exclusive,
    };
    tmf::decode(document.as_bytes(), &how)
}

fn decode(document: &str) -> Decoded {
    read(document, Some(&[NUMBER.to_owned()])).unwrap()
}
