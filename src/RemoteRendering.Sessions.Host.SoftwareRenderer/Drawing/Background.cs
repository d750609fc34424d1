using System.Runtime.InteropServices;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>
/// What is seen where nothing stands: from a light grey-blue above to nearly white below, calm behind dark things and light ones.
/// </summary>
internal static class Background
{
    /// <summary>Fills a row.</summary>
    /// <param name="rgba">The row.</param>
    /// <param name="share">How far down it is: 0 at the top of the picture, 1 at the bottom.</param>
    public static void FillRow(Span<byte> rgba, float share)
    {
        ReadOnlySpan<byte> color = [Mix(148, 226, share), Mix(166, 230, share), Mix(186, 234, share), 255];
        MemoryMarshal.Cast<byte, uint>(rgba).Fill(MemoryMarshal.Read<uint>(color));
    }

    private static byte Mix(int above, int below, float share) => (byte)MathF.Round(above + ((below - above) * share));
}
