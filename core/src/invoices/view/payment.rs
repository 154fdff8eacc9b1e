//! The ways to pay a document: the operator's own link first, then what to copy and a QR for a bank's app. Nothing is made
//! up: without the operator's account there is no transfer, and what direct debit collects is not asked for.

use std::collections::BTreeSet;

use super::state::{facts, status};
use super::{CopyField, PayeeWarning, PaymentLinkView, PaymentView, Presentation, QrView};
use crate::invoices::memory::Account;
use crate::invoices::model::Bill;
use crate::invoices::pay::epc::{CreditTransfer, EpcError, ReferenceSlot};
use crate::invoices::pay::iban::Iban;
use crate::invoices::pay::link::PaymentLink;
use crate::invoices::pay::payee::{Payee, PayeeChange};
use crate::invoices::pay::qr::matrix;
use crate::invoices::pay::reference::Reference;
use crate::invoices::pay::state::{AmountToPay, Facts, Paying, PaymentState, paying, payment_state};
use crate::text::{Text, messages};

/// The ways to pay. `confirmed`: accounts the person said yes to.
pub(in crate::invoices) fn view(
    bill: &Bill,
    account: &Account,
    marked_paid: bool,
    confirmed: &BTreeSet<String>,
    slot: ReferenceSlot,
    presentation: &Presentation<'_>,
) -> PaymentView {
    let language = presentation.language;
    let only = |sentence: Text| PaymentView {
        sentence,
        warning: None,
        link: None,
        fields: Vec::new(),
        qr: None,
        notes: Vec::new(),
        checked: None,
        is_offered: false,
    };
    let Some(facts) = facts(bill, &account.bills, marked_paid) else {
        return only(messages::pay_unknown(language, &presentation.operator()));
    };
    let amount = match paying(&facts, presentation.today) {
        Paying::Offered { amount } => amount,
        Paying::ByDirectDebit { on: Some(on) } => {
            return only(messages::pay_direct_debit_on(language, &presentation.date(on)));
        }
        Paying::ByDirectDebit { on: None } => return only(messages::pay_direct_debit(language)),
        Paying::NotOffered => return only(not_offered(bill, &facts, presentation)),
    };
    let payee = payee(bill);
    let before = trusted(bill, account, confirmed);
    let warning = payee.as_ref().and_then(|payee| warning(before.as_ref(), payee, confirmed, presentation));
    let sentence = sentence(&facts, amount, presentation);
    // The operator asks all the same: what the person noted is said before what it asks.
    let sentence =
        if marked_paid { Text::sentences(&[messages::pay_if_not_yet(language), sentence]) } else { sentence };
    if warning.as_ref().is_some_and(|warning| warning.must_confirm) {
        return PaymentView { warning, is_offered: true, ..only(sentence) };
    }
    let link = bill.means.link.as_deref().and_then(|link| PaymentLink::parse(link, presentation.payment_hosts).ok());
    let link = link.map(|link| {
        let host = url::Url::parse(link.as_str()).ok().and_then(|url| url.host_str().map(str::to_owned));
        PaymentLinkView {
            label: messages::pay_link(language, &Text::plain(host.unwrap_or_default())),
            url: link.as_str().to_owned(),
        }
    });
    let mut view = PaymentView { warning, link, ..only(sentence) };
    match &payee {
        Some(payee) => transfer(&mut view, bill, payee, amount, slot, presentation),
        None if view.link.is_none() => view.notes.push(messages::pay_no_account(language)),
        None => {}
    }
    view.is_offered = view.link.is_some() || !view.fields.is_empty() || view.warning.is_some();
    view
}

/// Why nothing can be paid here. That there is nothing to pay is said only where it is so.
fn not_offered(bill: &Bill, facts: &Facts, presentation: &Presentation<'_>) -> Text {
    match payment_state(facts, presentation.today) {
        PaymentState::Paid | PaymentState::Credited | PaymentState::NothingToPay => {
            messages::pay_nothing(presentation.language)
        }
        PaymentState::MarkedPaidByUser | PaymentState::Pending => status(bill, Some(facts), presentation).1,
        PaymentState::Open
        | PaymentState::PartlyPaid
        | PaymentState::Overdue
        | PaymentState::Reminded
        | PaymentState::EmployerContacted => {
            let status = status(bill, Some(facts), presentation).1;
            Text::list(&[status, messages::pay_unknown(presentation.language, &presentation.operator())])
        }
    }
}

fn sentence(facts: &Facts, amount: AmountToPay, presentation: &Presentation<'_>) -> Text {
    let (language, amount) = (presentation.language, presentation.money(amount.cents()));
    match facts.due {
        Some(due) if due >= presentation.today => messages::pay_by(language, &amount, &presentation.date(due)),
        Some(due) => messages::pay_was_due(language, &amount, &presentation.date(due)),
        None => messages::pay_amount(language, &amount),
    }
}

/// Who is to be paid, where the operator tells both the name and an account that can be one.
pub(in crate::invoices) fn payee(bill: &Bill) -> Option<Payee> {
    let creditor = bill.means.creditor.as_ref()?;
    let name = Text::foreign(creditor.name.as_deref()?).text;
    let iban = Iban::parse(creditor.iban.as_deref()?).ok()?;
    (!name.is_empty()).then_some(Payee { name, iban })
}

/// The payee that was trusted before this document: that of the first one, and any other only once the person confirmed its
/// account. Documents of the same day, and those that do not say when they were issued, count as before.
fn trusted(bill: &Bill, account: &Account, confirmed: &BTreeSet<String>) -> Option<Payee> {
    let is_before = |other: &&Bill| {
        other.id != bill.id && (other.issued.is_none() || bill.issued.is_none() || other.issued <= bill.issued)
    };
    let mut earlier: Vec<&Bill> = account.bills.iter().filter(is_before).collect();
    earlier.sort_by_key(|other| (other.issued, &other.id));
    earlier.into_iter().filter_map(payee).fold(None, |trusted: Option<Payee>, next| match trusted {
        Some(known) if known.iban != next.iban && !confirmed.contains(next.iban.as_str()) => Some(known),
        _ => Some(next),
    })
}

fn warning(
    before: Option<&Payee>,
    now: &Payee,
    confirmed: &BTreeSet<String>,
    presentation: &Presentation<'_>,
) -> Option<PayeeWarning> {
    let (language, operator) = (presentation.language, presentation.operator());
    let change = PayeeChange::between(before, now);
    let text = match change {
        PayeeChange::First | PayeeChange::Same => return None,
        PayeeChange::OtherName => messages::pay_other_name(language, &operator),
        PayeeChange::OtherAccount => messages::pay_other_account(language, &operator),
    };
    let must_confirm = change.must_be_confirmed() && !confirmed.contains(now.iban.as_str());
    let shown = |title: Text, payee: &Payee| {
        let iban = payee.iban.as_str();
        field(title, in_fours(iban), iban.to_owned())
    };
    Some(PayeeWarning {
        text,
        must_confirm,
        account: shown(messages::pay_account_new(language), now),
        account_before: before.map(|before| shown(messages::pay_account_before(language), before)),
    })
}

fn transfer(
    view: &mut PaymentView,
    bill: &Bill,
    payee: &Payee,
    amount: AmountToPay,
    slot: ReferenceSlot,
    presentation: &Presentation<'_>,
) {
    let language = presentation.language;
    let reference = bill.means.reference.as_deref().and_then(Reference::of);
    let bic = bill.means.creditor.as_ref().and_then(|creditor| creditor.bic.as_deref());
    let cents = amount.cents().0;
    let (euros, rest) = (cents.checked_div(100).unwrap_or_default(), cents.checked_rem(100).unwrap_or_default());
    view.fields = vec![
        field(messages::pay_field_name(language), Text::plain(payee.name.clone()), payee.name.clone()),
        field(messages::pay_field_iban(language), in_fours(payee.iban.as_str()), payee.iban.as_str().to_owned()),
        field(messages::pay_field_amount(language), presentation.money(amount.cents()), format!("{euros}.{rest:02}")),
    ];
    view.fields.extend(reference.as_ref().map(|reference| reference_field(reference, presentation)));
    view.notes.push(messages::pay_name_check(language));
    let transfer = CreditTransfer {
        beneficiary: &payee.name,
        iban: &payee.iban,
        bic,
        amount,
        purpose: None,
        reference: reference.as_ref(),
        information: None,
    };
    let payload = match transfer.payload(slot) {
        Ok(payload) => payload,
        Err(EpcError::DoubtfulReference) => return view.notes.push(messages::pay_doubtful(language)),
        Err(_) => return,
    };
    let Ok(matrix) = matrix(&payload) else { return };
    let structured = matches!(reference, Some(Reference::StructuredCommunication(_) | Reference::CreditorReference(_)));
    view.qr = Some(QrView {
        size: matrix.size,
        squares: matrix.dark.iter().map(|dark| u8::from(*dark)).collect(),
        note: messages::pay_qr_note(language),
        other_way: (structured && slot == ReferenceSlot::Structured).then(|| messages::pay_qr_other_way(language)),
        payload: payload.as_str().to_owned(),
    });
}

fn field(title: Text, shown: Text, copied: String) -> CopyField {
    CopyField { title, shown, copied }
}

fn reference_field(reference: &Reference, presentation: &Presentation<'_>) -> CopyField {
    let language = presentation.language;
    match reference {
        Reference::StructuredCommunication(communication) => {
            let shown = communication.to_string();
            // In its groups of three, four and five, digit by digit.
            let digits = communication.digits();
            let groups = [digits.get(..3), digits.get(3..7), digits.get(7..)];
            let spoken: Vec<String> = groups.into_iter().flatten().map(digit_by_digit).collect();
            let shown = Text { text: shown.clone(), spoken: spoken.join(", ") };
            field(messages::pay_field_structured(language), shown.clone(), shown.text)
        }
        Reference::CreditorReference(rf) => {
            field(messages::pay_field_reference(language), in_fours(rf.as_str()), rf.as_str().to_owned())
        }
        Reference::Text(text) => {
            let shown = Text::foreign(text);
            field(messages::pay_field_message(language), shown.clone(), shown.text)
        }
        Reference::Doubtful(text) => {
            let shown = Text::foreign(text);
            let spoken = digit_by_digit(&shown.text);
            field(messages::pay_field_reference(language), Text { spoken, ..shown.clone() }, shown.text)
        }
    }
}

/// In groups of four, as accounts are printed; spoken one by one.
fn in_fours(text: &str) -> Text {
    let signs: Vec<char> = text.chars().collect();
    let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
    Text {
        spoken: groups.iter().map(|group| digit_by_digit(group)).collect::<Vec<_>>().join(", "),
        text: groups.join(" "),
    }
}

fn digit_by_digit(text: &str) -> String {
    let signs = text.chars().filter(|sign| sign.is_alphanumeric()).map(String::from);
    signs.collect::<Vec<_>>().join(" ")
}
