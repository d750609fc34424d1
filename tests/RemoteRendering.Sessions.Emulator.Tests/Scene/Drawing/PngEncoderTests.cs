using RemoteRendering.Sessions.Host.Scene.Pictures;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;
using StbImageSharp;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Drawing;

public class PngEncoderTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 1, false)]
    [InlineData(7, 3, true)]
    [InlineData(64, 64, false)]
    [InlineData(333, 101, true)]
    [InlineData(333, 101, false)]
    public void Encode_Noise_IsReadBackByAnotherLibrary(int width, int height, bool isOpaque)
    {
        var pixels = new byte[4 * width * height];
        new Random(width).NextBytes(pixels);
        for (int i = 3; i < pixels.Length && isOpaque; i += 4)
        {
            pixels[i] = 255;
        }

        pixels[3] = isOpaque ? (byte)255 : (byte)3;

        AssertReadsBack(pixels, width, height, isOpaque ? ColorComponents.RedGreenBlue : ColorComponents.RedGreenBlueAlpha);
    }

    [Fact]
    public void Encode_Gradient_IsSmall()
    {
        var pixels = new byte[4 * 640 * 360];
        for (int y = 0; y < 360; y++)
        {
            Background.FillRow(pixels.AsSpan(4 * 640 * y, 4 * 640), y / 360f);
        }

        byte[] png = AssertReadsBack(pixels, 640, 360, ColorComponents.RedGreenBlue);

        Assert.InRange(png.Length, 1, 10_000);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(2, 2, 15)]
    public void Encode_SizeThatDoesNotFit_Throws(int width, int height, int bytes)
        => Assert.ThrowsAny<ArgumentException>(() => PngEncoder.Encode(new byte[bytes], width, height));

    [Fact]
    public void Crc32_OfTheStandardsExample_IsTheStandardsSum()
        => Assert.Equal(0xCBF43926, ~Crc32.Continue(uint.MaxValue, "123456789"u8));

    private static byte[] AssertReadsBack(byte[] pixels, int width, int height, ColorComponents components)
    {
        byte[] png = PngEncoder.Encode(pixels, width, height);
        ImageResult read = ImageResult.FromMemory(png, ColorComponents.RedGreenBlueAlpha);

        Assert.Equal((width, height, components), (read.Width, read.Height, read.SourceComp));
        Assert.Equal(pixels, read.Data);
        return png;
    }
}
