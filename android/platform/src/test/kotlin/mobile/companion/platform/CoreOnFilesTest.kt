// The real core on the store of secrets, with the key of a phone stood in for.

package mobile.companion.platform

import kotlinx.coroutines.runBlocking
import mobile.companion.NOON
import mobile.companion.Phone
import mobile.companion.Problem
import mobile.companion.Sandbox
import mobile.companion.SessionPhase
import mobile.companion.json
import mobile.companion.platform.life.Awake
import mobile.companion.platform.secrets.FileSecureStore
import mobile.companion.platform.secrets.SerialSecureStore
import mobile.companion.platform.secrets.SoftwareKey
import mobile.companion.refresh
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

class CoreOnFilesTest {
    @TempDir
    lateinit var folder: File

    private val sandbox = Sandbox(json("seed" to 1, "now" to NOON))

    private fun secrets(key: SoftwareKey) = SerialSecureStore(FileSecureStore(File(folder, "secrets"), key, { true }))

    private fun phone(key: SoftwareKey) = Phone(File(folder, "core").toPath(), sandbox.profile, secrets = secrets(key))

    @Test
    fun `a sign-in outlives the process, and signing out leaves nothing to sign in with`() = runBlocking {
        val key = SoftwareKey()
        phone(key).use { phone ->
            phone.signIn(sandbox.person("emma"), sandbox)
            phone.reopen()
            assertEquals(SessionPhase.SIGNED_IN, phone.core.session().state().phase)
            phone.core.usage().refresh()
            assertTrue(secrets(key).list("").isNotEmpty())
            phone.core.session().signOut()
            phone.reopen()
            assertEquals(SessionPhase.SIGNED_OUT, phone.core.session().state().phase)
            assertEquals(emptyList(), secrets(key).list("session/") + secrets(key).list("data-key/"))
        }
    }

    @Test
    fun `whose key the phone destroyed signs in again`() = runBlocking {
        phone(SoftwareKey()).use { it.signIn(sandbox.person("emma"), sandbox) }
        phone(SoftwareKey()).use { phone ->
            assertTrue(phone.core.session().state().phase in setOf(SessionPhase.SIGNED_OUT, SessionPhase.SIGN_IN_AGAIN))
            phone.signIn(sandbox.person("emma"), sandbox)
            assertEquals(SessionPhase.SIGNED_IN, phone.core.session().state().phase)
        }
    }

    @Test
    fun `nobody writes while the core sleeps, and whoever needs it wakes it`() = runBlocking {
        phone(SoftwareKey()).use { phone ->
            phone.signIn(sandbox.person("emma"), sandbox)
            val awake = Awake(phone.core::resume) { phone.core.suspend(10_000u) }
            awake.hold()
            phone.core.keepScreen("usage")
            awake.release()
            assertFailsWith<Problem.StorageUnavailable> { phone.core.keepScreen("invoices") }
            awake.hold()
            assertEquals("usage", phone.core.frame().keptScreen)
            phone.core.keepScreen("invoices")
            awake.release()
        }
    }
}
