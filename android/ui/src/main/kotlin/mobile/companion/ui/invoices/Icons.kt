// What stands beside the words of where an invoice and its document stand.

package mobile.companion.ui.invoices

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.AccountBalance
import androidx.compose.material.icons.outlined.Business
import androidx.compose.material.icons.outlined.CheckCircle
import androidx.compose.material.icons.outlined.CloudDownload
import androidx.compose.material.icons.outlined.DownloadDone
import androidx.compose.material.icons.outlined.Downloading
import androidx.compose.material.icons.outlined.EventAvailable
import androidx.compose.material.icons.outlined.HelpOutline
import androidx.compose.material.icons.outlined.HourglassEmpty
import androidx.compose.material.icons.outlined.PauseCircle
import androidx.compose.material.icons.outlined.Receipt
import androidx.compose.material.icons.outlined.Undo
import androidx.compose.material.icons.outlined.Warning
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import mobile.companion.DownloadState
import mobile.companion.InvoiceState

internal fun InvoiceState.icon(): ImageVector = when (this) {
    InvoiceState.OPEN, InvoiceState.PARTLY_PAID -> Icons.Outlined.Receipt
    InvoiceState.DIRECT_DEBIT -> Icons.Outlined.AccountBalance
    InvoiceState.PENDING, InvoiceState.MARKED_PAID -> Icons.Outlined.HourglassEmpty
    InvoiceState.PAID -> Icons.Outlined.CheckCircle
    InvoiceState.OVERDUE, InvoiceState.REMINDED -> Icons.Outlined.Warning
    InvoiceState.EMPLOYER_CONTACTED -> Icons.Outlined.Business
    InvoiceState.CREDITED -> Icons.Outlined.Undo
    InvoiceState.NOTHING_TO_PAY, InvoiceState.NO_INVOICE -> Icons.Outlined.EventAvailable
    InvoiceState.MAY_COME -> Icons.Outlined.HourglassEmpty
    InvoiceState.UNKNOWN -> Icons.Outlined.HelpOutline
}

/** The words say it too. */
@Composable
internal fun InvoiceState.colour(): Color = when (this) {
    InvoiceState.OVERDUE, InvoiceState.REMINDED -> MaterialTheme.colorScheme.error
    else -> MaterialTheme.colorScheme.onSurfaceVariant
}

internal fun DownloadState.icon(): ImageVector = when (this) {
    DownloadState.NotHere, DownloadState.Removed -> Icons.Outlined.CloudDownload
    is DownloadState.Downloading -> Icons.Outlined.Downloading
    DownloadState.Partly -> Icons.Outlined.PauseCircle
    DownloadState.Here -> Icons.Outlined.DownloadDone
}
