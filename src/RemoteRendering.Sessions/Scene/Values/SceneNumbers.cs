using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace RemoteRendering.Sessions.Scene.Values;

/// <summary>Validates numbers of the scene and writes them in little-endian order, with helpers that .NET Standard lacks.</summary>
internal static class SceneNumbers
{
    public static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

    public static bool IsFinite(float value) => !float.IsNaN(value) && !float.IsInfinity(value);

    public static bool IsFinite(Vector3 value) => IsFinite(value.X) && IsFinite(value.Y) && IsFinite(value.Z);

    public static bool IsFinite(Quaternion value) => IsFinite(value.X) && IsFinite(value.Y) && IsFinite(value.Z) && IsFinite(value.W);

    public static Double3 CheckFinite(Double3 value, string name)
        => value.IsFinite ? value : throw new ArgumentException("All coordinates must be finite.", name);

    public static double CheckFinite(double value, string name)
        => IsFinite(value) ? value : throw new ArgumentException("The value must be finite.", name);

    /// <summary>Validates a rotation and normalizes it.</summary>
    public static Quaternion CheckRotation(Quaternion value, string name)
    {
        // Repeated multiplication changes the length a little each time; the host requires unit length.
        float squared = value.LengthSquared();
        return squared >= 1e-12f && IsFinite(squared)
            ? Math.Abs(squared - 1) < 1e-5f ? value : Quaternion.Normalize(value)
            : throw new ArgumentException("The rotation must be a finite, non-zero quaternion.", name);
    }

    public static void Write(Span<byte> to, double value)
        => BinaryPrimitives.WriteInt64LittleEndian(to, BitConverter.DoubleToInt64Bits(value));

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
