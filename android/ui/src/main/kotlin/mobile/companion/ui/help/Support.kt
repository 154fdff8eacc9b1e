// Help beside the articles: whom to turn to at the operator, and pages of its own.

package mobile.companion.ui.help

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.outlined.OpenInNew
import androidx.compose.material.icons.outlined.Email
import androidx.compose.material.icons.outlined.Language
import androidx.compose.material.icons.outlined.Phone
import androidx.compose.runtime.Composable
import mobile.companion.ContactView
import mobile.companion.ContactWay
import mobile.companion.HelpPage
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.LinkRow
import mobile.companion.ui.parts.Section
import mobile.companion.ui.theme.LocalLabels

/** Whom to turn to, the best way first. */
@Composable
fun Contacts(contacts: List<ContactView>, reach: (ContactView) -> Unit) {
    if (contacts.isEmpty()) return
    Section(LocalLabels.current.contact) {
        contacts.forEach { contact ->
            LinkRow(contact.name, { reach(contact) }, icon = icon(contact.by), leads = opens) {
                contact.shown?.let { Aside(it) }
                contact.hours?.let { Aside(it) }
            }
        }
    }
}

/** Pages of the operator's own; they open in the browser. */
@Composable
fun Pages(pages: List<HelpPage>, openPage: (HelpPage) -> Unit) {
    if (pages.isEmpty()) return
    Section(LocalLabels.current.operatorPages) {
        pages.forEach { page -> LinkRow(page.title, { openPage(page) }, leads = opens) }
    }
}

private val opens = Icons.AutoMirrored.Outlined.OpenInNew

private fun icon(by: ContactWay) = when (by) {
    ContactWay.PHONE -> Icons.Outlined.Phone
    ContactWay.EMAIL -> Icons.Outlined.Email
    ContactWay.PAGE -> Icons.Outlined.Language
}
