// What a scenario can expect of a usage view, by the names the scenario files use.

package mobile.companion

fun facts(view: UsageView): Map<String, String> = buildMap {
    put("phase", view.phase.name.lowercase())
    put("notice", view.notice?.text.orEmpty())
    val line = view.lines.firstOrNull() ?: return@buildMap
    put("plan", line.plan?.text.orEmpty())
    put("dated", line.dated.text)
    put("badge", line.badge.kind.name.lowercase())
    put("cycle", line.cycle?.text.orEmpty())
    put("out_of_bundle", line.outOfBundle?.headline?.text.orEmpty())
    line.hero?.let { putAll(facts("hero", it)) }
    line.buckets.forEachIndexed { index, bucket -> putAll(facts("bucket.$index", bucket)) }
}

private fun facts(prefix: String, bucket: BucketView) = mapOf(
    "$prefix.title" to bucket.title.text,
    "$prefix.headline" to bucket.headline.text,
    "$prefix.detail" to bucket.detail?.text.orEmpty(),
    "$prefix.percent" to bucket.bar?.text.orEmpty(),
)

/** The outcome of a refresh by the name the scenario files use. */
fun nameOf(problem: Problem): String = when (problem) {
    is Problem.Offline -> "offline"
    is Problem.ServiceUnavailable -> "service_unavailable"
    is Problem.TooOften -> "too_often"
    is Problem.BlockedNetwork -> "blocked_network"
    is Problem.SessionEnded -> "session_ended"
    is Problem.SignIn -> "sign_in"
    is Problem.NotPermitted -> "not_permitted"
    is Problem.NotUnderstood -> "not_understood"
    is Problem.StorageUnavailable -> "storage_unavailable"
    is Problem.Configuration -> "configuration"
    is Problem.Unexpected -> "unexpected"
}
