// What the usage screens call, done by the core.

package mobile.companion.ui.usage

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import mobile.companion.RequestKind
import mobile.companion.refresh
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.model.Remedies

internal class UsageModel(private val app: AppModel) : UsageActions {
    private val usage = app.core.usage()
    private val line = MutableStateFlow<String?>(null)

    /** The line that is shown, where the person chose one. */
    val chosen: StateFlow<String?> = line.asStateFlow()

    override fun refresh() {
        app.ask { usage.refresh() }
    }

    override fun remedy() = app.mend(app.usage.value.notice) { usage.refresh() }

    override fun choose(lineId: String) {
        line.value = lineId
    }

    override fun history(lineId: String) = usage.history(lineId)

    override fun days(lineId: String, bucketId: String, month: String) = usage.historyDays(lineId, bucketId, month)

    override fun askForAnotherPlan() = app.write(RequestKind.PLAN_DOES_NOT_FIT)
}
