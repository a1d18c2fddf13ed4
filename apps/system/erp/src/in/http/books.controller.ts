import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ErpBooksApi } from '#contracts/connections/books.api';
import { Reconciliation, ReconcileRequest } from '#contracts/connections/connections.dto';

@Controller()
export class ErpBooksController {
  constructor(private readonly books: ErpBooksApi) {}

  @Post('v1/connections/:id/reconcile')
  @HttpCode(200)
  reconcile(@Param('id') id: string, @Body() body: ReconcileRequest): Promise<Reconciliation> {
    return this.books.reconcile({ ...body, id });
  }
}
