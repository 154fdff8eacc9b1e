//! What was odd in an operator's document, told to the people who write that document.
//! A warning says where and what kind; it never repeats text from the document, so no name or number can leak by it.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::{Place, ways_to};

/// One oddity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Where: `usageConsumption[0].bucket[2].validFor`. Empty for the document itself.
    pub path: String,
    /// What.
    #[serde(flatten)]
    pub kind: WarningKind,
}

/// Whether an oddity cost something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Everything was understood, by an assumption or a rule that is worth knowing.
    Note,
    /// Something the document says is not shown.
    Lost,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $({ $field:ident })? : $weight:ident, $sentence:literal;)+) => {
        /// The kinds of oddity. Codes (snake case) are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum WarningKind {
            $($(#[$doc])* #[doc = ""] #[doc = $sentence] $kind $({
                /// How many.
                $field: u32
            })?,)+
        }

        impl WarningKind {
            /// Whether it cost something.
            pub fn weight(&self) -> Weight {
                match self { $(WarningKind::$kind $({ $field: _ })? => Weight::$weight,)+ }
            }
        }

        impl fmt::Display for WarningKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(WarningKind::$kind $({ $field })? => write!(f, $sentence),)+ }
            }
        }
    };
}

kinds! {
    // The document as a whole.
    /// An empty list is an answer: nothing counted.
    EmptyAnswer: Note, "The answer holds no report.";
    /// Accepted when one line was asked for.
    NoLineNamed: Note, "The answer names no line; it is taken to be about the one line asked for.";
    /// More than one line was asked for, so nobody knows whose this is.
    LineUnclear: Lost, "It names no line where more than one could be meant: dropped.";
    /// Rule: foreign lines never reach the store.
    LineNotAskedFor: Note, "It is about a line that was not asked for: dropped.";
    /// LLA and others send totals of the whole account beside the lines.
    AccountTotal: Note, "It is a total of the account and not of a line: dropped.";
    /// A bucket of a report that lists several lines.
    SeveralLines: Note, "It belongs to several lines at once; what is not one line's own is taken as a shared total.";
    /// `state` outside the known values.
    UnknownTaskState: Note, "The task's state is none of TMF677's; it is judged by its results.";
    /// Not finished.
    EntryNotDone: Lost, "The operator has not finished counting this: dropped.";
    /// Results beside a task's state that says there are none yet.
    TaskNotDone: Lost, "It holds usage although its task is not done: not read.";
    /// Failed or cancelled.
    EntryFailed: Lost, "The operator could not count this: dropped.";
    /// No effectiveDate, lastUpdate, creationDate.
    NoCountedTime: Note, "Nothing says until when this was counted (lastUpdate or effectiveDate); its age stays unknown.";
    /// More buckets or lines than any person has.
    TooMany: Lost, "There are more than a person can have; the rest is dropped.";
    /// Not an object.
    NotAnObject: Lost, "It is not an object: dropped.";
    /// Several products in use, or the person has several lines, and none names the line.
    PlanUnclear: Lost, "No product in use says that it serves the line, and more than one could be meant: no plan is shown.";
    /// Neither productOffering.name nor name.
    PlanUnnamed: Lost, "The product of the line has no name and no offering with one: no plan is shown.";
    /// A characteristic named after a service, without digits.
    ContentUnclear: Lost, "It is named after what a plan holds but does not say how much: not shown.";

    // Buckets.
    /// No `id`.
    MissingId: Note, "It has no id; one is made from what it counts, and may change with the operator's texts.";
    /// Same `id` again.
    DuplicateBucket: Note, "A bucket with this id came before; it is kept once, the later count if both are dated.";
    /// Same `id` again with other content, neither of the two known to be the older.
    DuplicateBucketDiffers: Lost, "A bucket with this id came before with other content, and no dates tell which is the later; one of the two is not shown.";
    /// Same cost twice.
    DuplicateCost: Note, "The same cost came before; it is kept once.";
    /// Two totals of costs, or a total below its parts.
    TotalUnclear: Note, "No single sum of the costs beside the plan covers all its parts; all are listed as parts.";
    /// Several reports of one line.
    OlderCosts: Lost, "Costs of an older report of the same line are not shown.";
    /// BK1 refers to BK2 and back.
    RelationshipCycle: Note, "These buckets refer to each other; each stands for itself and nothing is summed.";
    /// A bucket inside bucketRelationship.
    EmbeddedBucket: Lost, "A bucket is embedded in a relationship; the one around it has values, so it is not shown beside it.";
    /// `isShared` false or absent, yet counters of several users.
    SharedNotMarked: Note, "Its counters are split by user, so it is taken as shared although isShared does not say so.";
    /// Rule: colleagues' counters never reach the store.
    OthersDropped { count }: Note, "{count} counters of other people in a shared bucket were dropped.";
    /// Rule: what is another person's never reaches the store. Also met when an operator's party ids are not the ids of
    /// its tokens (`sub`).
    AnotherPersons: Lost, "Its counters name one person, who is not the one signed in: dropped.";
    /// My share and the pool's total in one bucket.
    SharedTotalLeftOut: Note, "The bucket holds the person's own share and the total of all; the total is not shown.";
    /// Unknown status.
    UnknownStatus: Note, "The status is none of active, suspended, expired; taken as active.";
    /// No usageType, unknown usageType.
    UnknownService: Note, "What it counts is not told in known words; it is shown under the operator's own name.";
    /// "roaming" alone.
    RoamingZoneAssumed: Note, "It says roaming without saying where; taken as outside the EU.";
    /// Neither used nor remaining nor unlimited.
    NoNumbers: Note, "It holds neither numbers nor the word unlimited; its values stay unknown.";

    // Counters and amounts.
    /// counterType unknown.
    UnknownCounter: Lost, "The counterType is not known; the counter is not shown.";
    /// More than one counter of one kind.
    SeveralCounters: Lost, "Several counters of one kind; the one that is global and latest is kept, the others are not shown and never summed.";
    /// Text without a number, null.
    NotANumber: Lost, "The amount is not a number; the value stays unknown.";
    /// `"1.234"`.
    AmbiguousNumber: Lost, "The amount can be read in two ways (1.234 or 1234); the value stays unknown.";
    /// Does not fit.
    OutOfRange: Lost, "The amount is larger than anybody can use within a cycle; the value stays unknown.";
    /// Numbers in strings.
    NumberAsText: Note, "The amount is text where the standard has a number.";
    /// Unknown unit.
    UnknownUnit: Lost, "The unit is not known; the amount is shown as written, without a percentage.";
    /// No unit.
    MissingUnit: Lost, "The unit is missing; the amount is shown as written, without a percentage.";
    /// GB and MB in one bucket, or minutes and seconds.
    MixedUnits: Note, "Its amounts are in different units; they were converted before comparing.";
    /// GB and minutes in one bucket.
    UnitsDisagree: Lost, "Its amounts are of different kinds and cannot be compared; there is no percentage.";
    /// remaining < 0.
    NegativeRemaining: Note, "What remains is below zero; shown as nothing left and the rest as over.";
    /// used < 0.
    NegativeAmount: Lost, "An amount that cannot be below zero is; the value stays unknown.";
    /// total 0 with used > 0.
    ZeroTotal: Lost, "A total of zero with something used is no allowance; the total stays unknown.";
    /// declared total differs from used + remaining.
    NumbersDisagree: Note, "Used and remaining do not add up to the total; all three are shown as sent.";
    /// 10485759988465664 KiB.
    UnlimitedByAmount: Note, "The amount is beyond any use within a cycle; taken as unlimited.";
    /// unlimited and 3 GB remaining.
    UnlimitedWithAmount: Note, "It says unlimited and gives an amount; the amount is taken as a fair-use threshold where it is whole.";

    // Time.
    /// Not readable.
    UnreadableDate: Lost, "The date cannot be read; it stays unknown.";
    /// start after end.
    PeriodInverted: Note, "The period starts after it ends; start and end were swapped.";
    /// Year 9999.
    OpenEnded: Note, "The period's end is a placeholder for never; the end stays unknown.";
    /// Year 1, 1900.
    PlaceholderStart: Note, "The period's start is a placeholder; the start stays unknown.";
    /// Cycle end before cycle start.
    PeriodsDisagree: Lost, "The counter's period and the balance's validity are of different cycles; only the later of the two is shown.";
    /// Two counters that began at different times.
    CountersDisagree: Note, "Its counters began at different times; nothing is derived from the two.";
    /// No offset.
    ZoneAssumed: Note, "The time has no offset; the operator's time zone was assumed.";

    // The person's lines.
    /// `0470 12 34 56`.
    NotInternational: Lost, "Its number lacks the country code (+32…): the line has no number, and what is asked for by number is asked by its id.";

    // Notification preferences.
    /// Neither a list nor the member that holds one.
    NoList: Lost, "There is no list of preferences in it.";
    /// No `id`.
    NotAddressable: Lost, "It has no id, so that it could not be changed: dropped.";
    /// Neither topic nor channel.
    NoTopicOrChannel: Lost, "It does not say what about or by which channel: dropped.";
    /// Neither on nor off.
    NeitherOnNorOff: Lost, "It is neither on nor off: dropped.";
    /// Same `id` again, or the same topic and channel.
    DuplicatePreference: Lost, "The same preference came before: dropped.";
    /// Unknown topic or channel.
    UnknownTopicOrChannel: Note, "Its topic or channel is not known; it is shown under the operator's own name.";
    /// `allowedBy` unknown.
    UnknownDecider: Note, "Who decides is not told in known words; it is taken as not the person's to change.";
    /// Not 1 to 100.
    NotAPercentage: Lost, "The threshold is no percentage from 1 to 100; it stays unknown.";

    // Bills and their lines.
    /// Rule: bills of others' accounts never reach the store.
    NotOwnAccount: Note, "It is of an account that is not the person's own: dropped.";
    /// Neither an account nor a party of it is known to be the person's.
    OwnerUnclear: Lost, "Nothing says that it is of an account of the person's: dropped.";
    /// An element that is neither a bill nor a line.
    NotOfThisKind: Lost, "It is nothing of what was asked for: dropped.";
    /// A bill or a task without `id`.
    NoId: Lost, "It has no id, so that it could not be asked for again: dropped.";
    /// Same `id` again, or a bill marked as a duplicate of one that is there.
    DuplicateBill: Note, "This bill came before; it is kept once.";
    /// Same `id` again with other content.
    DuplicateBillDiffers: Lost, "A bill with this id came before with other content; the one last changed is kept.";
    /// `state` outside the known values.
    UnknownBillState: Note, "The bill's state is not known; the bill is taken as issued, and judged by its amounts.";
    /// `category` outside the known values.
    UnknownCategory: Note, "The bill's category is not known; it is shown as a document, and paying is not offered.";
    /// Other currencies.
    NotEuros: Lost, "The amount is not in euros; it stays unknown.";
    /// No `unit`.
    CurrencyAssumed: Note, "The amount has no currency; taken as euros.";
    /// More than two decimals.
    BelowTheCent: Note, "The amount is finer than a cent; it was rounded half away from zero.";
    /// A credit note written without a sign.
    CreditNoteUnsigned: Note, "A credit note's amounts are written without a sign; they are taken as given back.";
    /// Only one end of a billing period.
    PeriodIncomplete: Lost, "The period has a start or an end alone; it stays unknown.";
    /// Not told what it charges for.
    UnknownLineKind: Note, "What the line charges for is not told in known words.";
    /// A line of another bill, or of none.
    NotOfThisBill: Note, "It is a line of another bill than the one asked for: dropped.";
    /// Nothing says on which bill the line is.
    BillUnclear: Lost, "Nothing says that the line is on the bill asked for: dropped.";
    /// Same `id` again.
    DuplicateLine: Note, "The same line came before; it is kept once.";
    /// Same `id` again with other content.
    DuplicateLineDiffers: Note, "A line with this id came before with other content; both are kept.";
    /// A flag that is neither yes nor no.
    UnreadableFlag: Lost, "It is neither yes nor no; taken as not told.";
    /// Not 0 to 4294.
    UnreadableRate: Lost, "The rate cannot be read; it stays unknown.";
    /// `content` that is no PDF.
    ContentNotPdf: Note, "The content is no PDF in Base64; the address or the id is used in its place.";
    /// Neither content, address nor id.
    DocumentUnusable: Lost, "The document tells neither content, address nor id: dropped.";
    /// Not SHA-256 in hexadecimal or Base64.
    UnreadableDigest: Note, "The digest is no SHA-256; it is not compared.";

    // Orders of lines.
    /// Every item changes, ends or keeps something, or has an action that is none of TMF622's.
    NothingAdded: Note, "None of its items has the action add, so it gives no new line: not shown.";
    /// No characteristic of a SIM or of a number.
    NoLineOrdered: Lost, "Nothing that it adds names a kind of SIM or a number, so it is taken as no order of a line: not shown.";
    /// `state` outside the known values.
    UnknownOrderState: Lost, "The state is none of an order's; where nothing else says how far it is, it is taken as requested.";
    /// Neither the order nor an item has one.
    NoOrderState: Note, "Nothing says how far the order is; it is taken as requested.";
    /// `simType` outside the known values.
    UnknownSimType: Lost, "The kind of SIM is not known; it stays unknown.";
    /// No orderDate, requestedStartDate, milestone and so on.
    NoOrderDate: Note, "It has no date: when it was ordered and when the line begins stay unknown.";

    // The rest.
    /// Too many warnings.
    More { count }: Note, "{count} more oddities are not listed.";
}

impl Warning {
    /// Whether it cost something.
    pub fn weight(&self) -> Weight {
        self.kind.weight()
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { write!(f, "{}", self.kind) } else { write!(f, "{}: {}", self.path, self.kind) }
    }
}

/// Where a reader notes what it finds.
#[derive(Debug, Default)]
pub struct Findings {
    found: Vec<(Place, WarningKind)>,
    more: u32,
}

/// A document this odd is judged by its first hundred oddities.
const MAX_WARNINGS: usize = 100;

impl Findings {
    /// Notes an oddity; the same one in the same place only once.
    pub fn note(&mut self, place: Place, kind: WarningKind) {
        if self.found.len() >= MAX_WARNINGS {
            self.more = self.more.saturating_add(1);
        } else if !self.found.contains(&(place, kind)) {
            self.found.push((place, kind));
        }
    }

    /// All of them, in the order found, each with the way to it in the document it was found in.
    pub fn into_warnings(self, document: &Value) -> Vec<Warning> {
        let places = self.found.iter().map(|(place, _)| *place).filter(|place| *place != Place::DOCUMENT).collect();
        let ways = ways_to(document, &places);
        let warning = |(place, kind)| Warning { path: ways.get(&place).cloned().unwrap_or_default(), kind };
        let mut warnings: Vec<Warning> = self.found.into_iter().map(warning).collect();
        if self.more > 0 {
            warnings.push(Warning { path: String::new(), kind: WarningKind::More { count: self.more } });
        }
        warnings
    }
}
