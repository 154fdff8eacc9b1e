// What holds a secret says nothing of it, in logs and crash reports neither.

package mobile.companion

import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import kotlin.test.assertFalse
import kotlin.test.assertTrue

class RedactedTest {
    @ParameterizedTest
    @MethodSource("secrets")
    fun `a secret is in no text of what holds it`(secret: Any) {
        for (text in listOf("$secret", "${listOf(secret)}", "${secret to secret}", "${mapOf("it" to secret)}")) {
            assertFalse("canary" in text, text)
            assertTrue("redacted" in text, text)
        }
    }

    private companion object {
        fun plain(text: String) = SpokenText(text, text)

        @JvmStatic
        fun secrets(): List<Any> {
            val field = EsimFieldView(plain("Code"), value = "canary", isSecret = true)
            val route = EsimRouteView(plain("Link"), link = "canary", fields = listOf(field))
            return listOf(
                field,
                route,
                EsimHandoverView(emptyList(), listOf(route), plain("")),
                SignInPage(url = "canary", redirectUri = "canary", comesBack = true),
                SignInPurpose.Invitation("canary"),
                SignInWish(SignInPurpose.Invitation("canary"), number = "canary"),
                SignedOut(endSessionUrl = "canary", unsentChanges = 0u),
                PreparedRequest(subject = "", body = "canary", mailto = "canary", shareText = "canary"),
                SimSecretView(
                    sim = "canary", kind = SimSecretKind.PUK, title = plain("PUK"), digits = plain("canary"),
                    plain = "canary", attempts = plain(""), warning = null, keypad = plain("canary"), source = null,
                    hides = plain(""), secondsLeft = 30u, hidesAtMs = 0, copyLabel = null, copySentence = null,
                ),
            )
        }
    }
}
