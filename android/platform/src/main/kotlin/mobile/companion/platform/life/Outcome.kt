// What became of work that needs the core, whatever it threw: an app that ends by it begins anew, and ends by it again.

package mobile.companion.platform.life

import mobile.companion.InternalException
import mobile.companion.Problem
import kotlin.coroutines.cancellation.CancellationException

/** What became of it. */
enum class Outcome {
    DONE,

    /** It did not work out, and may another time: no space, a busy keystore, a core that was closed, an answer it has a fault with. */
    AGAIN,

    /** It will not work out by trying: a profile that is refused, a library that is missing. */
    NEVER,
}

/** Does [work]. Throws only where it is cancelled, and what no app goes on after, such as no memory. */
suspend fun outcomeOf(work: suspend () -> Unit): Outcome {
    val failure = runCatching { work() }.exceptionOrNull()
    if (failure is CancellationException || failure is Error && failure !is LinkageError) throw failure
    return when (failure) {
        null -> Outcome.DONE
        is Problem.Configuration -> Outcome.NEVER
        is Problem, is IllegalStateException, is InternalException -> Outcome.AGAIN
        else -> Outcome.NEVER
    }
}
