// Stands in for what is not on Maven Central: the shape that the app calls, and nothing behind it.

package androidx.compose.ui.platform

import android.content.Context
import androidx.compose.runtime.staticCompositionLocalOf

val LocalContext = staticCompositionLocalOf<Context> { TODO() }
