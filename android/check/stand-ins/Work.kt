// Stands in for what is not on Maven Central: the shape that the app calls, and nothing behind it.

package androidx.work

import android.content.Context
import java.util.concurrent.TimeUnit

enum class NetworkType { CONNECTED }

enum class ExistingWorkPolicy { REPLACE, APPEND_OR_REPLACE }

class Constraints {
    class Builder {
        fun setRequiredNetworkType(type: NetworkType): Builder = TODO()

        fun build(): Constraints = TODO()
    }
}

class WorkerParameters

abstract class ListenableWorker(
    val applicationContext: Context,
) {
    abstract class Result {
        companion object {
            @JvmStatic
            fun success(): Result = TODO()

            @JvmStatic
            fun retry(): Result = TODO()

            @JvmStatic
            fun failure(): Result = TODO()
        }
    }
}

abstract class CoroutineWorker(
    context: Context,
    parameters: WorkerParameters,
) : ListenableWorker(context) {
    abstract suspend fun doWork(): Result
}

class OneTimeWorkRequest {
    class Builder(
        worker: Class<out ListenableWorker>,
    ) {
        fun setConstraints(constraints: Constraints): Builder = TODO()

        fun setInitialDelay(duration: Long, unit: TimeUnit): Builder = TODO()

        fun build(): OneTimeWorkRequest = TODO()
    }
}

abstract class WorkManager {
    abstract fun enqueueUniqueWork(name: String, policy: ExistingWorkPolicy, request: OneTimeWorkRequest)

    abstract fun cancelUniqueWork(name: String)

    companion object {
        @JvmStatic
        fun getInstance(context: Context): WorkManager = TODO()
    }
}
