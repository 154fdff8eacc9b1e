// Stands in for what is not on Maven Central: the shape that the app calls, and nothing behind it.

package androidx.activity.result.contract

abstract class ActivityResultContract<I, O>

class ActivityResultContracts private constructor() {
    class RequestPermission : ActivityResultContract<String, Boolean>()
}
