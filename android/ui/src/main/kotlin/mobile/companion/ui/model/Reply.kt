// What becomes of what a person typed: it was taken, or it will not do.

package mobile.companion.ui.model

import mobile.companion.Explanation

/** Told once what was typed has been looked at. On the main thread. */
interface Reply {
    /** It was taken: the field is empty again. */
    fun taken()

    /** It will not do as it is; what was typed stays, and [why] is said beside it. */
    fun refused(why: Explanation)
}

/** The same, and what was typed stays in its field. */
fun Reply.keeping(): Reply = object : Reply by this {
    override fun taken() = Unit
}

/** The same, and [more] once it was taken. */
fun Reply.then(more: () -> Unit): Reply = object : Reply by this {
    override fun taken() {
        this@then.taken()
        more()
    }
}
