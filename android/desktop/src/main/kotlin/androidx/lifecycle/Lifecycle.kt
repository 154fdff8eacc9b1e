// Stand-ins: Compose's window asks for these classes of androidx, which are not on Maven Central. They have the public shape
// and no more; on a phone the real ones are used.

package androidx.lifecycle

/** How far along a screen's life is. */
abstract class Lifecycle {
    /** The steps, from the end to the front. */
    enum class State {
        DESTROYED,
        INITIALIZED,
        CREATED,
        STARTED,
        RESUMED,
        ;

        /** Whether it has come so far. */
        fun isAtLeast(state: State): Boolean = this >= state
    }

    /** Where it is now. */
    abstract val currentState: State
}

/** Who has a life. */
interface LifecycleOwner {
    val lifecycle: Lifecycle
}

/** A life that is told where it is. */
class LifecycleRegistry(
    @Suppress("unused") private val owner: LifecycleOwner,
) : Lifecycle() {
    override var currentState: State = State.INITIALIZED
}

/** What outlives a screen; the window keeps nothing here. */
class ViewModelStore {
    /** Forgets all. */
    fun clear() = Unit
}

/** Who keeps such a store. */
interface ViewModelStoreOwner {
    val viewModelStore: ViewModelStore
}
