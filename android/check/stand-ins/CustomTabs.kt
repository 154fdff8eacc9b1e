// Stands in for what is not on Maven Central: the shape that the app calls, and nothing behind it.

package androidx.browser.customtabs

import android.content.Context
import android.net.Uri

class CustomTabsIntent private constructor() {
    fun launchUrl(context: Context, url: Uri): Unit = TODO()

    class Builder {
        fun setShowTitle(isShown: Boolean): Builder = TODO()

        fun build(): CustomTabsIntent = TODO()
    }
}
