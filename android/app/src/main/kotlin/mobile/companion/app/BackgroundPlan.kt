// When the phone should wake this app: asked of WorkManager, which may do it later, or never.

package mobile.companion.app

import android.content.Context
import androidx.work.Constraints
import androidx.work.CoroutineWorker
import androidx.work.ExistingWorkPolicy
import androidx.work.ExistingWorkPolicy.APPEND_OR_REPLACE
import androidx.work.ExistingWorkPolicy.REPLACE
import androidx.work.NetworkType
import androidx.work.OneTimeWorkRequest
import androidx.work.WorkManager
import androidx.work.WorkerParameters
import mobile.companion.Problem
import java.util.concurrent.TimeUnit

/** Plans one refresh and one look at what is due. Times are milliseconds since 1970 UTC; null takes the plan away. */
internal class BackgroundPlan(context: Context) {
    private val works = WorkManager.getInstance(context)

    /** As the app leaves the screen. */
    fun fromScreen(refreshAtMs: Long?, dueAtMs: Long?) = plan(refreshAtMs, dueAtMs, REPLACE)

    /** From such a work itself, which replacing would end. */
    fun fromWork(refreshAtMs: Long?, dueAtMs: Long?) = plan(refreshAtMs, dueAtMs, APPEND_OR_REPLACE)

    private fun plan(refreshAtMs: Long?, dueAtMs: Long?, policy: ExistingWorkPolicy) {
        val online = Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build()
        plan("refresh", refreshAtMs, policy, OneTimeWorkRequest.Builder(RefreshWorker::class.java).setConstraints(online))
        plan("due", dueAtMs, policy, OneTimeWorkRequest.Builder(DueWorker::class.java))
    }

    private fun plan(name: String, atMs: Long?, policy: ExistingWorkPolicy, request: OneTimeWorkRequest.Builder) {
        if (atMs == null) {
            // Not while it runs: it ends by itself.
            if (policy == REPLACE) works.cancelUniqueWork(name)
            return
        }
        val waitMs = (atMs - System.currentTimeMillis()).coerceAtLeast(0)
        works.enqueueUniqueWork(name, policy, request.setInitialDelay(waitMs, TimeUnit.MILLISECONDS).build())
    }
}

/** Asks the operator once. */
class RefreshWorker(context: Context, parameters: WorkerParameters) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result = attempt { (applicationContext as CompanionApplication).runInBackground() }
}

/** Posts what became due, such as after the quiet hours. */
class DueWorker(context: Context, parameters: WorkerParameters) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result = attempt { (applicationContext as CompanionApplication).postDueInBackground() }
}

private suspend fun attempt(work: suspend () -> Unit): androidx.work.ListenableWorker.Result = try {
    work()
    androidx.work.ListenableWorker.Result.success()
} catch (_: Problem) {
    // The core could not be opened, as on a phone that is short of space.
    androidx.work.ListenableWorker.Result.retry()
}
