using System.Numerics;
using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene.Messages;

/// <summary>
/// Reads the parameters of a request. What is missing or of another form is <see cref="SceneErrorCode.InvalidParameters"/>, what is no
/// number <see cref="SceneErrorCode.InvalidParameter"/>.
/// </summary>
internal readonly struct SceneParameters
{
    private readonly JsonElement _root;

    public SceneParameters(JsonElement root)
        => _root = root.ValueKind == JsonValueKind.Object ? root : throw Malformed("'params' must be an object.");

    public static SceneException Malformed(string message) => new(SceneErrorCode.InvalidParameters, message);

    public bool Has(string name) => _root.TryGetProperty(name, out _);

    public SceneParameters Object(string name) => new(Member(name));

    public string Text(string name) =>
        Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Malformed($"'{name}' must be a string.");

    public uint Id(string name, uint? whenMissing = null)
    {
        if (whenMissing is { } missing && !Has(name))
        {
            return missing;
        }

        return Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetUInt32(out uint id)
            ? id
            : throw Malformed($"'{name}' must be a whole number.");
    }

    public long Whole(string name, long min, long max, long? whenMissing = null)
    {
        if (whenMissing is { } missing && !Has(name))
        {
            return missing;
        }

        return Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) && value >= min
            && value <= max
            ? value
            : throw Malformed($"'{name}' must be a whole number from {min} to {max}.");
    }

    public double Number(string name) => Number(Member(name), name);

    public Vector3D Point(string name)
    {
        double[] numbers = Numbers(name, 3);
        return new Vector3D(numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>Reads a rotation and makes it one long.</summary>
    public Quaternion Rotation(string name)
    {
        double[] numbers = Numbers(name, 4);
        double length = Math.Sqrt(numbers.Sum(number => number * number));
        return length is > 1e-6 and < 1e18
            ? new Quaternion(
                (float)(numbers[0] / length), (float)(numbers[1] / length), (float)(numbers[2] / length), (float)(numbers[3] / length))
            : throw new SceneException(SceneErrorCode.InvalidParameter, $"'{name}' is no rotation.");
    }

    private double[] Numbers(string name, int count)
    {
        JsonElement array = Member(name);
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() != count)
        {
            throw Malformed($"'{name}' must have {count} numbers.");
        }

        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = Number(array[i], name);
        }

        return numbers;
    }

    private static double Number(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetDouble(out double number))
        {
            throw Malformed($"'{name}' must be a number.");
        }

        // JSON has no infinity, but numbers beyond all measure.
        return double.IsFinite(number) ? number : throw new SceneException(SceneErrorCode.InvalidParameter, $"'{name}' is not finite.");
    }

    private JsonElement Member(string name)
        => _root.TryGetProperty(name, out JsonElement member) ? member : throw Malformed($"'{name}' is missing.");
}
