using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace RemoteRendering.Sessions.Scene.Values;

/// <summary>Numbers as the scene wants them: finite, and little-endian on the wire. .NET Standard lacks the half of it.</summary>
internal static class SceneNumbers
{
    public static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

    public static bool IsFinite(float value) => !float.IsNaN(value) && !float.IsInfinity(value);

    public static bool IsFinite(Vector3 value) => IsFinite(value.X) && IsFinite(value.Y) && IsFinite(value.Z);

    public static bool IsFinite(Quaternion value) => IsFinite(value.X) && IsFinite(value.Y) && IsFinite(value.Z) && IsFinite(value.W);

    public static Double3 CheckFinite(Double3 value, string name)
        => value.IsFinite ? value : throw new ArgumentException("A coordinate is not a finite number.", name);

    public static double CheckFinite(double value, string name)
        => IsFinite(value) ? value : throw new ArgumentException("The value is not a finite number.", name);

    /// <summary>A rotation of unit length, whatever length it came with.</summary>
    public static Quaternion CheckRotation(Quaternion value, string name)
    {
        // One rotation after another loses a little of the length each time; the host wants it whole.
        float squared = value.LengthSquared();
        return squared >= 1e-12f && IsFinite(squared)
            ? Math.Abs(squared - 1) < 1e-5f ? value : Quaternion.Normalize(value)
            : throw new ArgumentException("The rotation is not a quaternion with finite numbers and a length.", name);
    }

    public static void Write(Span<byte> to, double value) => BinaryPrimitives.WriteInt64LittleEndian(to, BitConverter.DoubleToInt64Bits(value));

    public static void Write(Span<byte> to, float value)
    {
#if NET8_0_OR_GREATER
        BinaryPrimitives.WriteSingleLittleEndian(to, value);
#else
        BinaryPrimitives.WriteInt32LittleEndian(to, new FloatBits { Value = value }.Bits);
#endif
    }

#if !NET8_0_OR_GREATER
    [StructLayout(LayoutKind.Explicit)]
    private struct FloatBits
    {
        [FieldOffset(0)]
        public float Value;

        [FieldOffset(0)]
        public int Bits;
    }
#endif
}
