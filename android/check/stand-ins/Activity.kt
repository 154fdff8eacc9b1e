// Stands in for what is not on Maven Central: the shape that the app calls, and nothing behind it.

package androidx.activity

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import androidx.activity.result.ActivityResultCallback
import androidx.activity.result.ActivityResultCaller
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.contract.ActivityResultContract

open class ComponentActivity :
    Activity(),
    ActivityResultCaller {
    override fun onCreate(state: Bundle?) = super.onCreate(state)

    override fun onNewIntent(intent: Intent) = super.onNewIntent(intent)

    override fun <I, O> registerForActivityResult(
        contract: ActivityResultContract<I, O>,
        callback: ActivityResultCallback<O>,
    ): ActivityResultLauncher<I> = TODO()
}

fun ComponentActivity.enableEdgeToEdge(): Unit = TODO()
