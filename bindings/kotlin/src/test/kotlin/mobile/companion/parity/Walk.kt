// A view as lines of path and value, found by reflection: a field that is new is compared without anybody naming it here.

package mobile.companion.parity

import java.lang.reflect.Field
import java.lang.reflect.Modifier

class Walk {
    /** Every value by its path. */
    val values = sortedMapOf<String, String>()

    /** The types of the records on the way. */
    val records = sortedSetOf<String>()

    fun add(value: Any?, path: String) {
        when (value) {
            null -> values[path] = "null"

            is String -> values[path] = "\"$value\""

            is Boolean, is Number, is UInt, is ULong, is UShort, is UByte -> values[path] = value.toString()

            is ByteArray -> values[path] = value.joinToString(" ") { it.toUByte().toString() }

            is Enum<*> -> values[path] = plain(value.name)

            is List<*> -> {
                values["$path.count"] = value.size.toString()
                value.forEachIndexed { index, item -> add(item, "$path[$index]") }
            }

            else -> addParts(value, path)
        }
    }

    private fun addParts(value: Any, path: String) {
        val type = value.javaClass
        // The variants of a sealed class are within it; a record stands alone.
        if (type.declaringClass == null) records.add(type.simpleName) else values[path] = plain(type.simpleName)
        for (field in type.declaredFields.filterNot { Modifier.isStatic(it.modifiers) }) {
            field.isAccessible = true
            add(signed(field.get(value), field), "$path.${field.name}")
        }
    }

    /** An unsigned number is stored as a plain one; that it is none shows in its getter's name, which carries a mark. */
    private fun signed(stored: Any?, field: Field): Any? {
        val getter = "get${field.name.replaceFirstChar(Char::uppercase)}-"
        val isUnsigned = field.type.isPrimitive && field.declaringClass.methods.any { it.name.startsWith(getter) }
        return when {
            !isUnsigned -> stored
            stored is Int -> stored.toUInt()
            stored is Long -> stored.toULong()
            stored is Short -> stored.toUShort()
            stored is Byte -> stored.toUByte()
            else -> stored
        }
    }

    companion object {
        /** Kotlin writes `IN_APP_ONLY` or `InAppOnly`, Swift `inAppOnly`. */
        fun plain(variant: String) = variant.replace("_", "").lowercase()
    }
}
