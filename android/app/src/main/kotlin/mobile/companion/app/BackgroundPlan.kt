// When the phone should wake this app: asked of WorkManager, which may do it later, or never.

package mobile.companion.app

import android.content.Context
import androidx.work.Constraints
import androidx.work.CoroutineWorker
import androidx.work.ExistingWorkPolicy.APPEND_OR_REPLACE
import androidx.work.ExistingWorkPolicy.REPLACE
import androidx.work.ListenableWorker.Result
import androidx.work.NetworkType
import androidx.work.OneTimeWorkRequest
import androidx.work.WorkManager
import androidx.work.WorkerParameters
import mobile.companion.platform.life.Outcome
import mobile.companion.platform.life.Step
import mobile.companion.platform.life.Waking
import mobile.companion.platform.life.outcomeOf
import mobile.companion.platform.life.stepOf
import java.util.concurrent.TimeUnit

/** Plans one refresh and one look at what is due. Times are milliseconds since 1970 UTC; null takes the plan away. */
internal class BackgroundPlan(context: Context) {
    private val works = WorkManager.getInstance(context)

    /** As the app leaves the screen; or within the work that is [running], which is not ended by it. */
    fun plan(refreshAtMs: Long?, dueAtMs: Long?, running: Waking? = null) {
        plan(Waking.REFRESH, refreshAtMs, running)
        plan(Waking.DUE, dueAtMs, running)
    }

    private fun plan(kind: Waking, atMs: Long?, running: Waking?) {
        when (val step = stepOf(kind, running, atMs, System.currentTimeMillis())) {
            Step.Leave -> Unit

            Step.Cancel -> works.cancelUniqueWork(kind.workName)

            is Step.Plan -> works.enqueueUniqueWork(
                kind.workName,
                // Replacing ends a work that runs.
                if (step.isAfterThisOne) APPEND_OR_REPLACE else REPLACE,
                request(kind).setInitialDelay(step.waitMs, TimeUnit.MILLISECONDS).build(),
            )
        }
    }

    private fun request(kind: Waking) = when (kind) {
        Waking.REFRESH -> OneTimeWorkRequest.Builder(RefreshWorker::class.java).setConstraints(
            Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build(),
        )

        Waking.DUE -> OneTimeWorkRequest.Builder(DueWorker::class.java)
    }

    private val Waking.workName get() = name.lowercase()
}

/** Asks the operator once. */
class RefreshWorker(context: Context, parameters: WorkerParameters) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result = attempt { (applicationContext as CompanionApplication).runInBackground() }
}

/** Posts what became due, such as after the quiet hours. */
class DueWorker(context: Context, parameters: WorkerParameters) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result = attempt { (applicationContext as CompanionApplication).postDueInBackground() }
}

private suspend fun attempt(work: suspend () -> Unit): Result = when (outcomeOf(work)) {
    Outcome.DONE -> Result.success()
    Outcome.AGAIN -> Result.retry()
    Outcome.NEVER -> Result.failure()
}
