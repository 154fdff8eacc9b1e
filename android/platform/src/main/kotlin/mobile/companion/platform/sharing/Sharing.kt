// Handing things to other apps: the share sheet, a viewer of documents, a mail program, the clipboard.

package mobile.companion.platform.sharing

import android.content.ClipData
import android.content.ClipDescription
import android.content.ClipboardManager
import android.content.Context
import android.content.Intent
import android.os.PersistableBundle
import mobile.companion.platform.intents.startSafely

/** Hands things to other apps. [context] is that of the activity on the screen. */
class Sharing(private val context: Context) {
    /** The share sheet with a text. */
    fun text(subject: String, text: String): Boolean {
        val send = Intent(Intent.ACTION_SEND)
            .setType("text/plain")
            .putExtra(Intent.EXTRA_SUBJECT, subject)
            .putExtra(Intent.EXTRA_TEXT, text)
        return context.startSafely(Intent.createChooser(send, null))
    }

    /** The share sheet with a file. */
    fun file(copy: Copy): Boolean {
        val uri = SharedCopyProvider.offer(context, copy)
        val send = Intent(Intent.ACTION_SEND)
            .setType(mimeType(copy.name))
            .putExtra(Intent.EXTRA_STREAM, uri)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        // The clip carries the leave to read through the chooser.
        send.clipData = ClipData.newRawUri(copy.name, uri)
        return context.startSafely(Intent.createChooser(send, null))
    }

    /** An app that shows the file; where there is none, the share sheet, which can at least save it. */
    fun view(copy: Copy): Boolean {
        val view = Intent(Intent.ACTION_VIEW)
            .setDataAndType(SharedCopyProvider.offer(context, copy), mimeType(copy.name))
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        return context.startSafely(view) || file(copy)
    }

    /** Puts a text on the clipboard; a [secret] is not shown in the preview that Android puts on the screen. */
    fun copy(text: String, secret: Boolean) {
        val clip = ClipData.newPlainText("", text)
        if (secret) clip.description.extras = PersistableBundle().apply { putBoolean(SENSITIVE, true) }
        context.getSystemService(ClipboardManager::class.java).setPrimaryClip(clip)
    }

    /** The text on the clipboard, where there is one. Android tells the person that it was read. */
    fun pasted(): String? {
        val clip = context.getSystemService(ClipboardManager::class.java).primaryClip ?: return null
        return if (clip.itemCount > 0) clip.getItemAt(0).text?.toString() else null
    }

    private companion object {
        /** Heeded from Android 13 on, and harmless before. */
        const val SENSITIVE = ClipDescription.EXTRA_IS_SENSITIVE
    }
}
