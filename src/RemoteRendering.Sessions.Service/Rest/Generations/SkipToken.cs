using System.Buffers.Binary;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Service.Rest.Generations;

/// <summary>Where a list goes on, as the client passes it back.</summary>
internal static class SkipToken
{
    public const string Name = "skiptoken";

    public static string Write(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return Convert.ToHexString(bytes);
    }

    /// <summary>The number in a token; 0 for no token.</summary>
    /// <exception cref="BodyRefusedException">The token is none of ours.</exception>
    public static long Read(string? token)
    {
        if (token is null)
        {
            return 0;
        }

        try
        {
            byte[] bytes = Convert.FromHexString(token);
            long number = bytes.Length == sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : -1;
            return number > 0 ? number : throw new BodyRefusedException("The skiptoken is not valid.");
        }
        catch (FormatException)
        {
            throw new BodyRefusedException("The skiptoken is not valid.");
        }
    }
}
