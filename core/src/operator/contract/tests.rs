use std::collections::{BTreeMap, BTreeSet};
use super::readers;
use crate::operator::tolerant::recorder::{Asked, asked_while};
#[test]
fn dump() {
    for id in ["usage-report","products","preferences","person","line-service","billing-accounts","bills","bill-lines","bill-document","stored-document","wifi-services","wifi-order","guides","line-orders","sims"] {
        let asked = asked_while(|| for d in readers::documents(id) { readers::read(id, &d, false) });
        println!("## {id}");
        let mut by: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for a in asked { match a { Asked::Member{holder,name} => {by.entry(holder).or_default().insert(name);} Asked::Characteristic{holder,name} => {by.entry(format!("CHAR {holder}")).or_default().insert(name);} } }
        for (h, n) in by { println!("{h}: {}", n.into_iter().collect::<Vec<_>>().join(" ")); }
    }
}
