//! The plan's name (TMF637 Product Inventory).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::operator::profile::ProductApi;
use crate::problem::Problem;
use crate::session::{Call, Line, Session};
use crate::store::Snapshot;

/// The plan of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its name as the operator sells it.
    pub name: String,
}

impl Snapshot for Plan {
    const KIND: &'static str = "plan";
    const REVISION: u8 = 1;
}

/// Asks for the plan of a line; `sole` says that the person has no other. None when the operator lists no product for it.
pub(super) async fn ask(
    session: &Arc<Session>,
    api: &ProductApi,
    sub: &str,
    line: &Line,
    sole: bool,
) -> Result<Option<Plan>, Problem> {
    let mut url = Url::parse(&api.base_url).map_err(|_| Problem::unexpected("base_url"))?;
    url.path_segments_mut().map_err(|()| Problem::unexpected("base_url"))?.pop_if_empty().push("product");
    url.query_pairs_mut().append_pair(&api.party_filter, sub);
    let answer = session.call(&url, Call::default()).await?;
    Ok(read(&answer.body, line, sole))
}

/// The first product in use that names the line; or the only one in use, where the person has only one line.
fn read(body: &[u8], line: &Line, sole: bool) -> Option<Plan> {
    let document: Value = serde_json::from_slice(body).ok()?;
    let products = match &document {
        Value::Array(products) => products.as_slice(),
        single => std::slice::from_ref(single),
    };
    let in_use: Vec<&Value> = products
        .iter()
        .filter(|product| {
            let status = product.get("status").and_then(Value::as_str);
            status.is_none_or(|status| status.trim().eq_ignore_ascii_case("active"))
        })
        .collect();
    let of_line = in_use.iter().copied().find(|product| names(product, line));
    let only = match in_use.as_slice() {
        [only] if sole => Some(*only),
        _ => None,
    };
    let product = of_line.or(only)?;
    let offering = product.get("productOffering").and_then(|offering| offering.get("name"));
    let name = offering.or_else(|| product.get("name")).and_then(Value::as_str).map(str::trim)?;
    (!name.is_empty()).then(|| Plan { name: name.to_owned() })
}

/// Whether a product says that it serves the line, by id or number, in any of the places TMF637 has for it.
fn names(product: &Value, line: &Line) -> bool {
    let is_line = |value: &Value| {
        let text = value.as_str();
        text.is_some_and(|text| text == line.id || Some(text) == line.msisdn.as_deref())
    };
    let members = ["realizingService", "realizingResource", "productCharacteristic"];
    let listed = members.iter().filter_map(|member| product.get(member)?.as_array()).flatten();
    let named = listed.flat_map(|entry| ["id", "name", "value"].map(|key| entry.get(key))).flatten().any(is_line);
    named || ["productSerialNumber", "publicIdentifier"].iter().filter_map(|key| product.get(key)).any(is_line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn name(products: Value) -> Option<String> {
        name_for(products, true)
    }

    fn name_for(products: Value, sole: bool) -> Option<String> {
        let line = Line { id: "line-1".to_owned(), msisdn: Some("+32470123456".to_owned()) };
        read(products.to_string().as_bytes(), &line, sole).map(|plan| plan.name)
    }

    #[test]
    fn the_product_that_names_the_line_is_its_plan() {
        let other = json!({"status": "active", "name": "Other", "realizingService": [{"id": "line-2"}]});
        for place in [
            json!({"realizingService": [{"id": "line-1"}]}),
            json!({"productCharacteristic": [{"name": "msisdn", "value": "+32470123456"}]}),
            json!({"productSerialNumber": "+32470123456"}),
        ] {
            let mut mine = json!({"status": " Active", "name": "Instance", "productOffering": {"name": "Plan M"}});
            mine.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
            assert_eq!(name(json!([other, mine])).as_deref(), Some("Plan M"));
        }
    }

    #[test]
    fn a_plan_is_never_guessed_among_several_products_or_lines() {
        assert_eq!(name(json!({"name": "Only"})).as_deref(), Some("Only"));
        assert_eq!(name_for(json!({"name": "Only"}), false), None);
        assert_eq!(name(json!([{"name": "A"}, {"name": "B"}])), None);
        assert_eq!(name(json!([{"name": "A", "status": "terminated"}])), None);
        assert_eq!(name(json!([{"name": " "}])), None);
        assert_eq!(name(json!("nothing")), None);
    }
}
