metadata description = 'Types that the modules share.'

@export()
@description('Names and values, for example tags or settings.')
type texts = {
  *: string
}
