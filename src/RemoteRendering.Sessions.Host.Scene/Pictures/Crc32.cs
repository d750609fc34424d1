using System.Buffers.Binary;

namespace RemoteRendering.Sessions.Host.Scene.Pictures;

/// <summary>The check sum of PNG chunks, eight bytes at a time.</summary>
internal static class Crc32
{
    private static readonly uint[] _tables = MakeTables();

    /// <summary>Goes on with a sum: begin with all ones, invert the last one.</summary>
    public static uint Continue(uint sum, ReadOnlySpan<byte> data)
    {
        uint[] tables = _tables;
        while (data.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ sum;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            sum = tables[(7 * 256) + (int)(low & 0xFF)] ^ tables[(6 * 256) + (int)((low >> 8) & 0xFF)]
                ^ tables[(5 * 256) + (int)((low >> 16) & 0xFF)] ^ tables[(4 * 256) + (int)(low >> 24)]
                ^ tables[(3 * 256) + (int)(high & 0xFF)] ^ tables[(2 * 256) + (int)((high >> 8) & 0xFF)]
                ^ tables[256 + (int)((high >> 16) & 0xFF)] ^ tables[(int)(high >> 24)];
            data = data[8..];
        }

        foreach (byte value in data)
        {
            sum = tables[(int)((sum ^ value) & 0xFF)] ^ (sum >> 8);
        }

        return sum;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint sum = i;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? 0xEDB88320u ^ (sum >> 1) : sum >> 1;
            }

            tables[i] = sum;
        }

        for (int i = 256; i < tables.Length; i++)
        {
            uint sum = tables[i - 256];
            tables[i] = tables[sum & 0xFF] ^ (sum >> 8);
        }

        return tables;
    }
}
