// What did not work is said where the person is, and no longer than it is so.

package mobile.companion.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onFirst
import kotlinx.coroutines.runBlocking
import mobile.companion.NotificationPermission
import mobile.companion.NotificationSettings
import mobile.companion.Place
import mobile.companion.PreferenceChannel
import mobile.companion.Problem
import mobile.companion.ReachFix
import mobile.companion.RequestKind
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.assertTrue

@OptIn(ExperimentalTestApi::class)
class ProblemsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a problem is over once the person does something else`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.act { throw Problem.Offline() } }
        await { handset.model.problem.value != null }
        runOnUiThread { handset.model.act { } }
        await { handset.model.problem.value == null }
    }

    @Test
    fun `where no other app opens, it is said`() = signedIn(folder, "emma") { handset ->
        handset.device.opens = false
        runOnUiThread { handset.model.write(RequestKind.PLAN_DOES_NOT_FIT) }
        click(handset.labels.byEmail)
        await { handset.model.problem.value != null }
        val said = checkNotNull(handset.model.problem.value).explanation.sentence
        onAllNodes(hasText(said)).onFirst().assertIsDisplayed()

        handset.device.opens = true
        click(handset.labels.byEmail)
        await { handset.model.problem.value == null }
    }

    @Test
    fun `that the operator wants to know who asks looks like no failure`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.open(Place.SIM) }
        await { handset.model.activation.value.sims.isNotEmpty() }
        handset.pass(600)
        click(handset.labels.showPuk)
        await { handset.model.problem.value != null }
        awaitText(checkNotNull(handset.model.problem.value).explanation.sentence)
        assertTrue(onAllNodes(hasText(handset.labels.supportCode, substring = true)).fetchSemanticsNodes().isEmpty())
    }

    @Test
    fun `an app without a messaging service offers no button about its address`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.open(Place.NOTIFICATIONS) }
        await { handset.model.preferences.value.lines.isNotEmpty() && !handset.model.preferences.value.refreshing }
        val push = {
            handset.model.preferences.value.lines.flatMap { it.topics }.flatMap { it.switches }
                .first { it.channel == PreferenceChannel.PUSH && it.canChange }
        }
        runBlocking { handset.core.preferences().set(push().preferenceId, true) }
        handset.core.preferences().setNotificationSettings(NotificationSettings(NotificationPermission.GRANTED))
        await { push().reach?.fix == ReachFix.REGISTER_PUSH }
        val label = checkNotNull(push().reach?.fixLabel).text
        waitForIdle()
        assertTrue(onAllNodes(hasText(label)).fetchSemanticsNodes().isEmpty(), label)
    }

    @Test
    fun `switches that could not be had do not look as if they were coming`() = signedIn(folder, "emma") { handset ->
        awaitText("3.8 GB left")
        handset.cutOff()
        runOnUiThread { handset.model.open(Place.NOTIFICATIONS) }
        await { handset.model.preferences.value.run { notice != null && !refreshing } }
        val notice = checkNotNull(handset.model.preferences.value.notice)
        awaitText(notice.text)
        await { onAllNodes(hasContentDescription(handset.labels.loading)).fetchSemanticsNodes().isEmpty() }
        handset.faults()
        click(checkNotNull(notice.action))
        await { handset.model.preferences.value.lines.isNotEmpty() }
    }
}
