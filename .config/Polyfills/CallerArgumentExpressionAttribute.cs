using System.ComponentModel;
using Microsoft.CodeAnalysis;

namespace System.Runtime.CompilerServices;

/// <summary>Known to the compiler; .NET Standard 2.0 lacks it.</summary>
[Embedded]
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
internal sealed class CallerArgumentExpressionAttribute : Attribute
{
    public CallerArgumentExpressionAttribute(string parameterName)
    {
        ParameterName = parameterName;
    }

    public string ParameterName { get; }
}
