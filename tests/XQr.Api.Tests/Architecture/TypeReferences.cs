using Mono.Cecil;

namespace XQr.Api.Tests.Architecture;

/// <summary>Finds the types that a type uses.</summary>
internal static class TypeReferences
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type)
    {
        IEnumerable<TypeReference?> used =
        [
            type.BaseType,
            .. type.Interfaces.Select(implemented => implemented.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
            .. type.CustomAttributes.SelectMany(Of),
            .. type.Fields.SelectMany(field => field.CustomAttributes).SelectMany(Of),
            .. type.Properties.SelectMany(property => property.CustomAttributes).SelectMany(Of),
            .. type.Methods.SelectMany(Of),
        ];
        return used.OfType<TypeReference>().SelectMany(Unwrap);
    }

    private static IEnumerable<TypeReference> Of(MethodDefinition method) =>
    [
        .. Signature(method),
        .. method.CustomAttributes.SelectMany(Of),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MemberReference>().SelectMany(Of) : [],
    ];

    private static IEnumerable<TypeReference> Of(MemberReference member) => member switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. Signature(method), .. method.GenericArguments, method.DeclaringType],
        MethodReference method => [.. Signature(method), method.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Of(CustomAttribute attribute) =>
        [attribute.AttributeType, .. attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>()];

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
        [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)];

    /// <summary>Returns the named types of arrays, references and generic types.</summary>
    private static IEnumerable<TypeReference> Unwrap(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType generic => [.. generic.GenericArguments.SelectMany(Unwrap), .. Unwrap(generic.ElementType)],
        TypeSpecification specification => Unwrap(specification.ElementType),
        _ => [type],
    };
}
