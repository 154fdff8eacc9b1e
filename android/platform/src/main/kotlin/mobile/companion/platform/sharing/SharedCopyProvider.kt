package mobile.companion.platform.sharing

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.os.SystemClock
import android.provider.OpenableColumns
import java.io.FileNotFoundException
import java.io.FileOutputStream
import java.io.IOException

/**
 * Lets another app read what was shared with it. In the manifest `exported="false"` and `grantUriPermissions="true"`, under
 * the authority of [authority]: then only whoever was handed an address may open it, for reading.
 */
class SharedCopyProvider : ContentProvider() {
    override fun onCreate(): Boolean = true

    override fun getType(uri: Uri): String? = copies.find(uri.pathSegments)?.let { mimeType(it.name) }

    override fun query(
        uri: Uri,
        projection: Array<out String>?,
        selection: String?,
        selectionArgs: Array<out String>?,
        sortOrder: String?,
    ): Cursor? {
        val copy = copies.find(uri.pathSegments) ?: return null
        val columns = projection?.filter { it in COLUMNS } ?: COLUMNS
        val row = columns.map { if (it == OpenableColumns.DISPLAY_NAME) copy.name else copy.size() }
        return MatrixCursor(columns.toTypedArray(), 1).apply { addRow(row) }
    }

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
        if (mode != "r") throw FileNotFoundException("read only")
        return when (val copy = copies.find(uri.pathSegments)) {
            null -> throw FileNotFoundException("no longer shared")
            is Copy.Document -> ParcelFileDescriptor.open(copy.file, ParcelFileDescriptor.MODE_READ_ONLY)
            is Copy.Content -> openPipeHelper(uri, mimeType(copy.name), null, copy.bytes) { end, _, _, _, bytes ->
                write(end, bytes)
            }
        }
    }

    private fun write(end: ParcelFileDescriptor, bytes: ByteArray?) {
        try {
            FileOutputStream(end.fileDescriptor).use { it.write(bytes ?: ByteArray(0)) }
        } catch (_: IOException) {
            // The other app has read enough.
        }
    }

    private fun Copy.size(): Long = when (this) {
        is Copy.Document -> file.length()
        is Copy.Content -> bytes.size.toLong()
    }

    override fun insert(uri: Uri, values: ContentValues?): Uri? = null

    override fun delete(uri: Uri, selection: String?, selectionArgs: Array<out String>?): Int = 0

    override fun update(uri: Uri, values: ContentValues?, selection: String?, args: Array<out String>?): Int = 0

    companion object {
        private val COLUMNS = listOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)
        private val copies = SharedCopies(SystemClock::elapsedRealtime)

        /** The authority that the manifest gives this provider. */
        fun authority(context: Context) = "${context.packageName}.shared"

        /** Offers a copy to whoever is handed the address, for ten minutes while the app runs. */
        fun offer(context: Context, copy: Copy): Uri = Uri
            .Builder()
            .scheme("content")
            .authority(authority(context))
            .appendPath(copies.offer(copy))
            .appendPath(copy.name)
            .build()
    }
}
