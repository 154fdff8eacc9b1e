//! What these APIs have no member for is told in characteristics, under names that operators choose: each is known by several,
//! whatever their case, dots and dashes. `portIn.number` may also be a member `number` of an object named `portIn`.

use crate::operator::tolerant::{Node, folded, recorder};

/// No product and no resource has more.
const MOST: usize = 100;
/// The members under which characteristics stand, by API and version.
const LISTS: [&str; 3] = ["productCharacteristic", "resourceCharacteristic", "characteristic"];

/// The value of the first characteristic with one of these names, which are folded.
pub(super) fn text<'v>(holder: Node<'v>, names: &[&str]) -> Option<&'v str> {
    recorder::characteristics_asked(holder.value(), names);
    let all = || LISTS.into_iter().flat_map(move |list| holder.list(&[list]).take(MOST));
    let is_meant = |name: &str| names.contains(&name);
    let own = all().find_map(|one| is_meant(&folded(one.text(&["name", "id"])?)).then(|| written(one)).flatten());
    own.or_else(|| {
        all().find_map(|one| {
            let outer = folded(one.text(&["name", "id"])?);
            let value = one.one(&["value"])?;
            let members = value.value().as_object()?;
            let member = members.keys().find(|member| is_meant(&format!("{outer}{}", folded(member))))?;
            members.get(member)?.as_str()
        })
    })
}

fn written(one: Node<'_>) -> Option<&str> {
    let value = one.one(&["value"])?;
    value.as_text().or_else(|| value.text(&["value", "alias"])).filter(|text| !text.trim().is_empty())
}
