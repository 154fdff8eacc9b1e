// What a scenario can expect of a usage view, by the names the scenario files use.

import Companion

func facts(of view: UsageView) -> [String: String] {
    var facts = ["phase": snakeCase(view.phase), "notice": view.notice?.text ?? ""]
    guard let line = view.lines.first else { return facts }
    facts["plan"] = line.plan?.text ?? ""
    facts["dated"] = line.dated.text
    facts["badge"] = snakeCase(line.badge.kind)
    facts["cycle"] = line.cycle?.text ?? ""
    facts["out_of_bundle"] = line.outOfBundle?.headline.text ?? ""
    if let hero = line.hero { add(hero, as: "hero", to: &facts) }
    for (index, bucket) in line.buckets.enumerated() { add(bucket, as: "bucket.\(index)", to: &facts) }
    return facts
}

private func add(_ bucket: BucketView, as prefix: String, to facts: inout [String: String]) {
    facts["\(prefix).title"] = bucket.title.text
    facts["\(prefix).headline"] = bucket.headline.text
    facts["\(prefix).detail"] = bucket.detail?.text ?? ""
    facts["\(prefix).percent"] = bucket.bar?.text ?? ""
}

/// The outcome of a refresh by the name the scenario files use.
func name(of problem: Problem) -> String {
    switch problem {
    case .Offline: "offline"
    case .ServiceUnavailable: "service_unavailable"
    case .TooOften: "too_often"
    case .BlockedNetwork: "blocked_network"
    case .SessionEnded: "session_ended"
    case .SignIn: "sign_in"
    case .NotPermitted: "not_permitted"
    case .NotUnderstood: "not_understood"
    case .StorageUnavailable: "storage_unavailable"
    case .Configuration: "configuration"
    case .Unexpected: "unexpected"
    }
}

/// `previousCycle` is `previous_cycle`.
private func snakeCase(_ variant: some Any) -> String {
    String(describing: variant).reduce(into: "") { name, letter in
        name += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    }
}
